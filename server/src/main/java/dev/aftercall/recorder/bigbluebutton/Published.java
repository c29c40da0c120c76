package dev.aftercall.recorder.bigbluebutton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Announcement.Occasion;
import dev.aftercall.time.Ticks;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What BigBlueButton says of a recording, the same from metadata.xml, an event, or getRecordings.
 *
 * @param id which names its folders; nothing that could lead out of one
 * @param external the id that the room has at whoever made the meeting; "" where it is not said
 * @param name of the room; "" where it is not said
 * @param start milliseconds since 1970; 0 where it is not said
 * @param end milliseconds since 1970; 0 where it is not said
 * @param metadata what whoever made the meeting gave along
 * @param formats that are published, as far as is said
 */
record Published(
    String id,
    String external,
    String name,
    long start,
    long end,
    ObjectNode metadata,
    Set<String> formats) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

  Published {
    formats = Set.copyOf(formats);
  }

  /**
   * An id that can stand in a path.
   *
   * @throws IllegalArgumentException for what is none
   */
  static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new IllegalArgumentException("it names no recording by an id that BigBlueButton gives");
    }
    return text;
  }

  /** Of which nothing is known but the ids. */
  static Published bare(String id, String external) {
    return new Published(
        id(id), external, "", 0, 0, JsonNodeFactory.instance.objectNode(), Set.of());
  }

  /** As metadata.xml has it. */
  static Published ofMetadata(JsonNode recording) {
    ObjectNode meta = object(recording.path("meta"));
    return new Published(
        id(text(recording.path("id"))),
        first(text(recording.at("/meeting/@externalId")), text(meta.path("meetingId"))),
        first(text(recording.at("/meeting/@name")), text(meta.path("meetingName"))),
        millis(recording.path("start_time")),
        millis(recording.path("end_time")),
        meta,
        formats(recording.at("/playback/format")));
  }

  /** As the event {@code rap-publish-ended} has it. */
  static Published ofEvent(JsonNode attributes) {
    JsonNode recording = attributes.path("recording");
    ObjectNode meta = object(recording.path("metadata"));
    return new Published(
        id(
            first(
                text(attributes.path("record-id")),
                text(attributes.at("/meeting/internal-meeting-id")))),
        text(attributes.at("/meeting/external-meeting-id")),
        first(text(recording.path("name")), text(meta.path("meetingName"))),
        millis(recording.path("start-time")),
        millis(recording.path("end-time")),
        meta,
        formats(
            attributes.has("workflow")
                ? attributes.path("workflow")
                : recording.at("/playback/format")));
  }

  /** As getRecordings has it. */
  static Published ofApi(JsonNode recording) {
    ObjectNode meta = object(recording.path("metadata"));
    return new Published(
        id(text(recording.path("recordID"))),
        text(recording.path("meetingID")),
        first(text(recording.path("name")), text(meta.path("meetingName"))),
        millis(recording.path("startTime")),
        millis(recording.path("endTime")),
        meta,
        formats(recording.at("/playback/format")));
  }

  /** When and where it was, without what is not said. */
  Occasion occasion() {
    return new Occasion(id, name.isEmpty() ? external : name, ticks(start), ticks(end));
  }

  private static @Nullable Long ticks(long millis) {
    return millis == 0 ? null : Ticks.of(Instant.ofEpochMilli(millis));
  }

  private static Set<String> formats(JsonNode said) {
    Set<String> formats = new HashSet<>();
    for (JsonNode format : said instanceof ArrayNode list ? list : List.of(said)) {
      String name = text(format.isObject() ? format.path("type") : format);
      if (!name.isEmpty()) {
        formats.add(name);
      }
    }
    return formats;
  }

  /** As it is kept and read again. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("recordId", id).put("externalMeetingId", external).put("name", name);
    json.put("start", start).put("end", end);
    json.set("metadata", metadata);
    formats.stream().sorted().forEach(json.putArray("formats")::add);
    return json;
  }

  static Published ofJson(JsonNode json) {
    return new Published(
        id(json.path("recordId").asText()),
        json.path("externalMeetingId").asText(),
        json.path("name").asText(),
        json.path("start").asLong(),
        json.path("end").asLong(),
        object(json.path("metadata")),
        Set.copyOf(
            StreamSupport.stream(json.path("formats").spliterator(), false)
                .map(JsonNode::asText)
                .toList()));
  }

  private static ObjectNode object(JsonNode json) {
    return json instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
  }

  private static String first(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  private static String text(JsonNode json) {
    JsonNode plain = json.isObject() ? json.path("#text") : json;
    return plain.asText("").strip();
  }

  private static long millis(JsonNode json) {
    try {
      long millis = Long.parseLong(text(json));
      return millis > 0 && millis < 253_402_300_800_000L ? millis : 0; // the year 10000
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
