package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.odata.Select;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.JoinUrl;
import dev.aftercall.meeting.Joining;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.time.Ticks;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes an onlineMeeting as Graph does: what the server made, what clients set, what nobody set
 * with Graph's defaults, and whatever else clients gave it to keep.
 */
final class OnlineMeetingJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final JoinInformation joinInformation;
  private final boolean beta;

  /** Writes for a client that reads that language and calls that version. */
  OnlineMeetingJson(JoinInformation joinInformation, boolean beta) {
    this.joinInformation = joinInformation;
    this.beta = beta;
  }

  static OnlineMeetingJson of(Request request) {
    return new OnlineMeetingJson(
        JoinInformation.in(request.header("Accept-Language")),
        request.parameter("version").equals("beta"));
  }

  /** The meeting without a context. */
  ObjectNode tree(OnlineMeeting meeting, Select select) throws JsonProcessingException {
    ObjectNode whole = tree(meeting);
    if (!select.names().isEmpty()) {
      whole.retain(select.names());
    }
    return whole;
  }

  ObjectNode tree(OnlineMeeting online) throws JsonProcessingException {
    Meeting meeting = online.meeting();
    ObjectNode document = JsonBody.read(online.document());
    ObjectNode json = JSON.objectNode();
    json.put("id", meeting.id().encoded());
    json.put("subject", meeting.subject().isEmpty() ? null : meeting.subject());
    json.put("startDateTime", Ticks.format(meeting.start()));
    json.put("endDateTime", Ticks.format(meeting.end()));
    json.put("creationDateTime", Ticks.format(online.created()));
    json.put("expiryDateTime", Ticks.format(meeting.expiry()));
    json.put("meetingType", meeting.type().wire());
    json.set("participants", participants(online, document.path("participants")));
    json.putObject("chatInfo")
        .put("threadId", meeting.threadId())
        .put("messageId", "0")
        .putNull("replyChainMessageId");
    String url = JoinUrl.of(meeting.tenant(), meeting.id());
    json.put("joinWebUrl", url);
    json.set("joinMeetingIdSettings", settings(online.joining()));
    json.set("joinInformation", joinInformation.of(url, online.joining()));
    json.put(
        "videoTeleconferenceId", online.joining().map(Joining::videoTeleconferenceId).orElse(null));
    json.put("externalId", online.externalId().orElse(null));
    json.setAll(OnlineMeetingType.before());
    if (beta) {
      json.setAll(OnlineMeetingType.beforeInBeta(url));
    }
    document.remove("participants");
    json.setAll(document);
    return json;
  }

  private static JsonNode settings(Optional<Joining> joining) {
    return joining
        .<JsonNode>map(
            numbers ->
                JSON.objectNode()
                    .put("isPasscodeRequired", numbers.passcode().isPresent())
                    .put("joinMeetingId", numbers.meetingId())
                    .put("passcode", numbers.passcode().orElse(null)))
        .orElse(NullNode.instance);
  }

  private ObjectNode participants(OnlineMeeting online, JsonNode kept) {
    Meeting meeting = online.meeting();
    ObjectNode json = JSON.objectNode();
    json.set(
        "organizer",
        participant(kept.path("organizer"), meeting.organizer(), meeting.tenant(), "presenter"));
    ArrayNode attendees = json.putArray("attendees");
    Set<UUID> missing = new TreeSet<>(online.roster().keySet());
    missing.remove(meeting.organizer());
    for (JsonNode attendee : kept.path("attendees")) {
      Optional<UUID> person = person(attendee);
      person.ifPresent(missing::remove);
      attendees.add(
          person
              .map(oid -> participant(attendee, oid, meeting.tenant(), "attendee"))
              .orElseGet(() -> completed(attendee, "attendee")));
    }
    // Recorders name people too.
    for (UUID person : missing) {
      String role = word(online.roster().getOrDefault(person, Role.ATTENDEE));
      attendees.add(participant(JSON.objectNode(), person, meeting.tenant(), role));
    }
    if (beta) {
      json.putArray("producers");
      json.putArray("contributors");
    }
    for (Map.Entry<String, JsonNode> member : kept.properties()) {
      if (!member.getKey().equals("organizer") && !member.getKey().equals("attendees")) {
        json.set(member.getKey(), member.getValue());
      }
    }
    return json;
  }

  /** The person that a participant names by object id. */
  static Optional<UUID> person(JsonNode participant) {
    return GraphIds.guid(participant.path("identity").path("user").path("id").asText(""));
  }

  static String word(Role role) {
    return switch (role) {
      case ORGANIZER, PRESENTER -> "presenter";
      case COORGANIZER, PRODUCER, ATTENDEE -> role.name().toLowerCase(Locale.ROOT);
    };
  }

  private static ObjectNode participant(JsonNode kept, UUID oid, UUID tenant, String role) {
    ObjectNode json = completed(kept, role);
    ObjectNode identity = object(json, "identity");
    ObjectNode user = JSON.objectNode();
    user.put("id", oid.toString()).putNull("displayName");
    user.put("tenantId", tenant.toString()).put("identityProvider", "AAD");
    JsonNode given = identity.path("user");
    for (Map.Entry<String, JsonNode> member : given.properties()) {
      user.set(member.getKey(), member.getValue());
    }
    user.put("id", oid.toString());
    identity.set("user", user);
    return json;
  }

  /** In the order of a captured answer. */
  private static ObjectNode completed(JsonNode kept, String role) {
    ObjectNode json = JSON.objectNode();
    json.set("upn", kept.path("upn").isTextual() ? kept.path("upn") : NullNode.instance);
    json.put("role", kept.path("role").asText(role));
    for (Map.Entry<String, JsonNode> member : kept.properties()) {
      if (!member.getValue().isNull() || !json.has(member.getKey())) {
        json.set(member.getKey(), member.getValue().deepCopy());
      }
    }
    return json;
  }

  private static ObjectNode object(ObjectNode json, String name) {
    return json.path(name) instanceof ObjectNode object ? object : json.putObject(name);
  }

  /** What the context says of a person's meetings. */
  static String context(String root, UUID person, Select select) {
    return root + "/$metadata#users('" + person + "')/onlineMeetings" + select.inContext();
  }

  /** People a list of participants invites, by object id; the first of two entries counts. */
  static Map<UUID, Role> roster(JsonNode attendees) {
    return attendees
        .valueStream()
        .filter(attendee -> person(attendee).isPresent())
        .collect(
            Collectors.toMap(
                attendee -> person(attendee).orElseThrow(),
                OnlineMeetingJson::role,
                (first, second) -> first));
  }

  private static Role role(JsonNode attendee) {
    return switch (attendee.path("role").asText("")) {
      case "presenter" -> Role.PRESENTER;
      case "producer" -> Role.PRODUCER;
      case "coorganizer" -> Role.COORGANIZER;
      default -> Role.ATTENDEE;
    };
  }
}
