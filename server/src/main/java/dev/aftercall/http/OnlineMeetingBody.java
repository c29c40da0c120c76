package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingDraft;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes drafts of the bodies of POST, createOrGet and PATCH. */
record OnlineMeetingBody(ObjectNode members) {
  private static final long USUAL_LENGTH = Duration.ofHours(1).toNanos() / 100;
  private static final int LONGEST_EXTERNAL_ID = 1_024;
  private static final int MOST_PEOPLE = 1_000;

  /** Columns of their own, and what the server makes. */
  private static final List<String> APART =
      List.of("subject", "startDateTime", "endDateTime", "externalId", "joinMeetingIdSettings");

  /**
   * Checks a body's types.
   *
   * @throws GraphException 400 that names the member
   */
  static OnlineMeetingBody of(JsonNode body) {
    ObjectNode members = OnlineMeetingType.TYPE.present(body, "");
    List<String> annotations =
        members.properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> name.startsWith("@"))
            .toList();
    members.remove(annotations);
    if (members.path("participants").path("attendees").size() > MOST_PEOPLE) {
      throw CsdlType.wrong("participants.attendees", "a list of at most 1000 people");
    }
    return new OnlineMeetingBody(members);
  }

  /** The external id that createOrGet cannot do without. */
  OnlineMeetingBody requireExternalId() {
    if (externalId().isEmpty()) {
      throw CsdlType.wrong("externalId", "present");
    }
    return this;
  }

  /**
   * A new meeting.
   *
   * @param now ticks; when it starts unless the body says
   */
  MeetingDraft draft(Caller caller, UUID person, long now) {
    long start = instant("startDateTime").orElse(now);
    if (instant("startDateTime").isEmpty() && instant("endDateTime").isPresent()) {
      throw CsdlType.wrong("startDateTime", "present when endDateTime is");
    }
    ObjectNode document = members.deepCopy();
    document.remove(OnlineMeetingType.READ_ONLY);
    organize(document, caller, person);
    return draft(
        document,
        text("subject").orElse(""),
        start,
        instant("endDateTime").orElse(start + USUAL_LENGTH),
        person,
        members.path("joinMeetingIdSettings").path("isPasscodeRequired").asBoolean(false));
  }

  /** Keeps what the client says of the organizer beyond who it is, which the path says. */
  private static void organize(ObjectNode document, Caller caller, UUID person) {
    if (!(document.path("participants") instanceof ObjectNode)) {
      document.remove("participants");
    }
    ObjectNode participants = document.withObject("/participants");
    if (!(participants.path("organizer") instanceof ObjectNode)) {
      participants.remove("organizer");
    }
    ObjectNode organizer = participants.withObject("/organizer");
    Optional<UUID> named = OnlineMeetingJson.person(organizer);
    if (named.isPresent() && !named.get().equals(person)) {
      throw CsdlType.wrong(
          "participants.organizer", "the person in the path, whose meeting it becomes");
    }
    if (caller instanceof Caller.User user && !user.upn().isEmpty()) {
      organizer.put("upn", user.upn());
    }
  }

  private MeetingDraft draft(
      ObjectNode document, String subject, long start, long end, UUID organizer, boolean passcode) {
    if (end < start) {
      throw CsdlType.wrong("endDateTime", "at or after startDateTime");
    }
    Map<UUID, Role> invited =
        new HashMap<>(OnlineMeetingJson.roster(document.path("participants").path("attendees")));
    invited.remove(organizer);
    document.remove(APART);
    try {
      return new MeetingDraft(
          subject, start, end, invited, externalId(), passcode, false, JsonBody.kept(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A document of ours cannot be written.", e);
    }
  }

  /**
   * What becomes of a meeting.
   *
   * @param shown the meeting as the client sees it; sending that back changes nothing
   */
  MeetingDraft change(OnlineMeeting before, ObjectNode shown) throws JsonProcessingException {
    if (members.has("startDateTime") != members.has("endDateTime")) {
      throw CsdlType.wrong(
          members.has("startDateTime") ? "endDateTime" : "startDateTime",
          "sent too: start and end are changed together");
    }
    refuseImmutable(shown);
    ObjectNode changes = members.deepCopy();
    changes.remove(OnlineMeetingType.READ_ONLY);
    changes.remove(APART);
    ObjectNode document = JsonBody.read(before.document());
    JsonNode people = changes.path("participants");
    boolean invites = people.has("attendees");
    if (people instanceof ObjectNode object) {
      object.remove("organizer");
    } else {
      changes.remove("participants");
    }
    merge(document, changes);
    Meeting meeting = before.meeting();
    MeetingDraft draft =
        draft(
            document,
            members.has("subject") ? text("subject").orElse("") : meeting.subject(),
            instant("startDateTime").orElse(meeting.start()),
            instant("endDateTime").orElse(meeting.end()),
            meeting.organizer(),
            false);
    // A roster that recorders added to stays, unless the client says who is invited.
    return invites ? draft : draft.inviting(before.roster());
  }

  private void refuseImmutable(ObjectNode shown) {
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      String name = member.getKey();
      boolean fixed =
          OnlineMeetingType.READ_ONLY.contains(name)
              || name.equals("externalId")
              || name.equals("joinMeetingIdSettings");
      if (fixed && !same(member.getValue(), shown.path(name))) {
        throw immutable(name);
      }
    }
    JsonNode organizer = members.path("participants").path("organizer");
    if (!(organizer instanceof MissingNode)
        && !same(organizer, shown.path("participants").path("organizer"))) {
      throw immutable("participants.organizer");
    }
    for (String instant : List.of("startDateTime", "endDateTime")) {
      if (members.path(instant).isNull()) {
        throw CsdlType.wrong(instant, "a date-time");
      }
    }
  }

  /** Whether everything that is given is there already. */
  private static boolean same(JsonNode given, JsonNode shown) {
    if (given.isObject() && shown.isObject()) {
      return given.properties().stream()
          .allMatch(member -> same(member.getValue(), shown.path(member.getKey())));
    }
    return given.equals(shown) || (given.isNull() && shown.isMissingNode());
  }

  private static GraphException immutable(String name) {
    return new GraphException(
        ErrorCode.BAD_REQUEST,
        "The member '" + name + "' cannot be changed once the meeting is made; leave it out.");
  }

  /** As PATCH treats structures: members that are not sent stay (OData Protocol 4.01, 11.4.3). */
  private static void merge(ObjectNode into, ObjectNode changes) {
    for (Map.Entry<String, JsonNode> member : changes.properties()) {
      if (member.getValue() instanceof ObjectNode deeper
          && into.path(member.getKey()) instanceof ObjectNode known) {
        merge(known, deeper);
      } else {
        into.set(member.getKey(), member.getValue());
      }
    }
  }

  private Optional<String> text(String name) {
    Optional<String> text =
        Optional.of(members.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    if (text.isPresent() && text.get().indexOf('\0') >= 0) {
      throw CsdlType.wrong(name, "a string without NUL");
    }
    return text;
  }

  private Optional<String> externalId() {
    Optional<String> id = text("externalId");
    if (id.isPresent()
        && (id.get().isBlank()
            || id.get().getBytes(StandardCharsets.UTF_8).length > LONGEST_EXTERNAL_ID
            || id.get().chars().anyMatch(Character::isISOControl))) {
      throw CsdlType.wrong("externalId", "1 to 1024 bytes of UTF-8 without control characters");
    }
    return id;
  }

  private Optional<Long> instant(String name) {
    return Optional.of(members.path(name))
        .filter(JsonNode::isTextual)
        .map(value -> Ticks.parse(value.textValue()));
  }
}
