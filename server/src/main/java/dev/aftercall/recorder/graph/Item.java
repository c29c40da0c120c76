package dev.aftercall.recorder.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Announcement.Kind;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.recorder.Envelope;
import dev.aftercall.recording.Original;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ticks;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One callRecording or callTranscript of a page, with what else is known: kept as JSON, and read
 * from that alone.
 */
final class Item {
  private static final int MOST_PEOPLE = 1_000;

  /** The one cloud of Microsoft's that lists what ad hoc calls left. */
  private static final String MICROSOFT = "https://graph.microsoft.com/";

  private final JsonNode json;
  private final JsonNode facts;
  private final Feed.Of feed;
  private final UUID user;
  private final UUID tenant;
  private final String service;
  private final String id;

  private Item(JsonNode envelope, UUID tenant) {
    this.json = envelope.path("item");
    this.facts = envelope.path("meeting");
    this.tenant = tenant;
    this.service = envelope.path("service").asText();
    this.feed = Feed.Of.valueOf(envelope.path("feed").asText());
    this.user = guid(envelope, "user").orElseThrow(() -> missing("user"));
    this.id = json.path("id").asText();
    if (id.isEmpty()) {
      throw missing("item.id");
    }
  }

  private static IllegalArgumentException missing(String member) {
    return new IllegalArgumentException("'" + member + "' is missing");
  }

  /**
   * What is kept of an item.
   *
   * @param meeting what Graph says of its meeting; empty where it does not say it
   */
  static String envelope(Feed feed, String service, JsonNode item, Optional<JsonNode> meeting) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("feed", feed.what().name());
    json.put("user", feed.user().toString());
    json.put("service", service);
    json.set("item", item);
    meeting.ifPresent(it -> json.set("meeting", facts(it)));
    return Envelope.withoutCredentials(json);
  }

  /** Of a meeting what a copy of it needs. */
  private static ObjectNode facts(JsonNode meeting) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    for (String member : new String[] {"subject", "startDateTime", "endDateTime", "meetingType"}) {
      facts.set(member, meeting.path(member));
    }
    ArrayNode people = facts.putArray("people");
    for (JsonNode attendee : meeting.path("participants").path("attendees")) {
      Optional<UUID> person = guid(attendee.path("identity").path("user"), "id");
      if (person.isPresent() && people.size() < MOST_PEOPLE) {
        people
            .addObject()
            .put("id", person.get().toString())
            .put("role", attendee.path("role").asText());
      }
    }
    return facts;
  }

  /**
   * What it announces.
   *
   * @param tenant whose archive is filled
   * @throws IllegalArgumentException what is wrong with it
   */
  static Announcement announcement(String envelope, UUID tenant) {
    return new Item(Envelope.read(envelope), tenant).announcement();
  }

  private Announcement announcement() {
    String meetingId = json.path("meetingId").asText();
    Optional<MeetingId> meeting = MeetingId.parse(meetingId);
    Optional<UUID> callId = guid(json, "callId");
    UUID artifact = artifact(callId);
    UUID organizer =
        meeting
            .map(MeetingId::organizer)
            .or(() -> guid(json.path("meetingOrganizer").path("user"), "id"))
            .orElse(user);
    String subject = facts.path("subject").asText("");
    Kind kind = feed.collection().equals("recordings") ? Kind.RECORDING : Kind.TRANSCRIPT;
    return new Announcement(
        sourceId(artifact),
        kind,
        new Announcement.Occasion(
            feed.calls() ? callId.map(UUID::toString).orElse(null) : meetingId,
            subject,
            time(json, "createdDateTime"),
            time(json, "endDateTime")),
        new Announcement.File(
            kind == Kind.TRANSCRIPT
                ? "Meeting Transcript.vtt"
                : (subject.isBlank() ? "Meeting Recording" : subject) + ".mp4",
            null,
            null,
            null,
            location(meetingId, callId),
            false),
        asserted(organizer),
        new Original(
            artifact,
            callId.orElse(null),
            correlation(),
            time(json, "endDateTime"),
            thread(meeting, meetingId, callId, artifact),
            RecordingId.calendarId(id).orElse(""),
            time(facts, "startDateTime"),
            time(facts, "endDateTime")));
  }

  /**
   * The GUID in its id. Microsoft's ids of what a call left have the call's there, which is the
   * same for all of it; these, and ids of an unknown form, stand for themselves.
   */
  private UUID artifact(Optional<UUID> callId) {
    boolean shared = feed.calls() && service.startsWith(MICROSOFT);
    return RecordingId.artifact(id)
        .filter(guid -> !shared || !callId.equals(Optional.of(guid)))
        .orElseGet(() -> made(id));
  }

  /** The same for the same file; of files that share a GUID none may pass for another. */
  private String sourceId(UUID artifact) {
    return feed.collection() + "/" + artifact + (feed.calls() ? "/" + made(id) : "");
  }

  private UUID made(String from) {
    return UUID.nameUUIDFromBytes((tenant + "\n" + from).getBytes(StandardCharsets.UTF_8));
  }

  private String thread(
      Optional<MeetingId> meeting, String meetingId, Optional<UUID> callId, UUID artifact) {
    if (feed.calls()) {
      return RecordingId.callThread(id)
          .orElseGet(() -> NewMeeting.callThreadId(callId.orElse(artifact)));
    }
    return meeting.map(MeetingId::threadId).orElseGet(() -> NewMeeting.threadId(made(meetingId)));
  }

  private @Nullable String correlation() {
    String text = json.path("contentCorrelationId").asText();
    return text.matches("[\\x21-\\x7e]{1,255}") ? text : null;
  }

  /** Made from the ids: what stands in the item is another address in many of Graph's answers. */
  private String location(String meetingId, Optional<UUID> callId) {
    if (feed.calls() ? callId.isEmpty() : meetingId.isEmpty()) {
      throw missing(feed.calls() ? "item.callId" : "item.meetingId");
    }
    return service
        + "/users/"
        + user
        + (feed.calls() ? "/adhocCalls/" + callId.get() : "/onlineMeetings/" + segment(meetingId))
        + "/"
        + feed.collection()
        + "/"
        + segment(id)
        + "/content"
        + (feed.collection().equals("transcripts") ? "?$format=text/vtt" : "");
  }

  /** An id as it stands in a path. */
  static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private ObjectNode asserted(UUID organizer) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    members.put("organizer", organizer.toString());
    if (feed.calls()) {
      members.put("meetingType", "adhoc");
      return members;
    }
    String type = facts.path("meetingType").asText();
    if (type.matches("(?i)scheduled|recurring|meetnow|broadcast")) {
      members.put("meetingType", type);
    }
    ArrayNode attendees = JsonNodeFactory.instance.arrayNode();
    ArrayNode coorganizers = JsonNodeFactory.instance.arrayNode();
    for (JsonNode person : facts.path("people")) {
      boolean runs = person.path("role").asText().equalsIgnoreCase("coorganizer");
      (runs ? coorganizers : attendees).add(person.path("id").asText());
    }
    members.set("attendees", attendees);
    members.set("coorganizers", coorganizers);
    return members;
  }

  private static Optional<UUID> guid(JsonNode json, String member) {
    return GraphIds.guid(json.path(member).asText());
  }

  private static @Nullable Long time(JsonNode json, String member) {
    try {
      String text = json.path(member).asText("");
      return text.isEmpty() || text.equals("null") ? null : Ticks.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
