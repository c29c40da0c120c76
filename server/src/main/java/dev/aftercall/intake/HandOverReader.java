package dev.aftercall.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Original;
import dev.aftercall.retention.Tags;
import dev.aftercall.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads a {@link HandOver} from JSON and says precisely what is wrong with it. */
final class HandOverReader {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> MEDIA_TYPES =
      new TreeSet<>(Set.of("video/mp4", "audio/mp4", "video/webm", "audio/webm"));
  private static final Set<String> TRANSCRIPT_TYPES =
      new TreeSet<>(Set.of("text/vtt", "application/x-subrip", "text/plain"));
  private static final int LONGEST_NAME = 255;
  private static final int MOST_PEOPLE = 1_000;

  /** Clients read years of four digits; the largest duration a file may claim fits behind. */
  private static final long LATEST = Ticks.parse("9999-01-01T00:00:00Z");

  private static final Set<String> MEMBERS =
      new TreeSet<>(
          Set.of(
              "kind",
              "recordingId",
              "meetingId",
              "organizer",
              "externalMeetingId",
              "subject",
              "start",
              "attendees",
              "coorganizers",
              "meetingType",
              "channel",
              "fileName",
              "mediaType",
              "size",
              "sha256",
              "transcript",
              "tags",
              "idempotencyKey"));

  /** Members that the bytes must agree with, in all their spellings. */
  static final List<String> DECLARED =
      List.of("size", "fileSize", "sha256", "mediaType", "contentType");

  /** The same members in the longer words that Graph and its upload sessions use. */
  private static final Map<String, String> GRAPH_WORDS =
      Map.ofEntries(
          Map.entry("joinWebUrl", "meetingId"),
          Map.entry("joinMeetingId", "meetingId"),
          Map.entry("organizerId", "organizer"),
          Map.entry("startDateTime", "start"),
          Map.entry("attendeeIds", "attendees"),
          Map.entry("coorganizerIds", "coorganizers"),
          Map.entry("name", "fileName"),
          Map.entry("fileSize", "size"),
          Map.entry("contentType", "mediaType"));

  /** Beside the members, in what is kept of a hand-over; whoever hands over cannot write it. */
  static final String ORIGINAL = "original";

  private final JsonNode json;
  private final Optional<Original> original;

  private HandOverReader(JsonNode json, Optional<Original> original) {
    this.json = json;
    this.original = original;
  }

  /** Reads what somebody sent. */
  static HandOver read(JsonNode json) throws IntakeException {
    return read(json, Optional.empty());
  }

  /** Reads what was kept, after it had been read as it came. */
  static HandOver kept(ObjectNode json) throws IntakeException {
    ObjectNode members = json.deepCopy();
    JsonNode original = members.remove(ORIGINAL);
    return read(
        members,
        original == null ? Optional.empty() : Optional.of(IntakeJson.readOriginal(original)));
  }

  private static HandOver read(JsonNode json, Optional<Original> original) throws IntakeException {
    if (!json.isObject()) {
      throw invalid("The metadata must be a JSON object.");
    }
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    for (var member : json.properties()) {
      String name = GRAPH_WORDS.getOrDefault(member.getKey(), member.getKey());
      if (!MEMBERS.contains(name)) {
        throw invalid("Unknown member '" + member.getKey() + "'. Known members: " + MEMBERS + ".");
      }
      if (members.has(name)) {
        throw invalid("'" + name + "' is there twice.");
      }
      members.set(name, member.getValue());
    }
    return new HandOverReader(members, original).read();
  }

  private HandOver read() throws IntakeException {
    Artifact.Kind kind = kind();
    return new HandOver(
        kind,
        text("recordingId"),
        text("meetingId"),
        guid("organizer"),
        key("externalMeetingId"),
        name("subject", "Meeting"),
        start(),
        guids("attendees"),
        guids("coorganizers"),
        type(),
        flag("channel"),
        name("fileName", "recording"),
        mediaType(kind),
        size(),
        sha256(),
        text("transcript"),
        tags(),
        key("idempotencyKey"),
        original);
  }

  private Optional<String> text(String member) throws IntakeException {
    JsonNode value = json.get(member);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid("'" + member + "' must be a string.");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value.textValue())) {
      throw invalid("'" + member + "' has half of a surrogate pair in it.");
    }
    return Optional.of(value.textValue());
  }

  private String name(String member, String otherwise) throws IntakeException {
    String name = text(member).map(String::strip).filter(it -> !it.isEmpty()).orElse(otherwise);
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw invalid(
          "'" + member + "' must have at most 255 characters, none of them a control character.");
    }
    return name;
  }

  private Optional<UUID> guid(String member) throws IntakeException {
    Optional<String> text = text(member);
    return text.isEmpty() ? Optional.empty() : Optional.of(guid(member, text.get()));
  }

  private static UUID guid(String member, String text) throws IntakeException {
    return GraphIds.guid(text)
        .orElseThrow(
            () ->
                invalid(
                    "'" + member + "' takes object ids, that is GUIDs; '" + text + "' is none."));
  }

  private List<UUID> guids(String member) throws IntakeException {
    JsonNode list = json.get(member);
    if (list == null || list.isNull()) {
      return List.of();
    }
    if (!list.isArray() || list.size() > MOST_PEOPLE) {
      throw invalid("'" + member + "' must be a list of at most 1000 object ids.");
    }
    List<UUID> guids = new ArrayList<>();
    for (JsonNode item : list) {
      guids.add(guid(member, item.asText()));
    }
    return guids;
  }

  private Set<String> tags() throws IntakeException {
    JsonNode list = json.get("tags");
    if (list == null || list.isNull()) {
      return Set.of();
    }
    List<String> words = new ArrayList<>();
    for (JsonNode item : list.isArray() ? list : List.of(list)) {
      if (!list.isArray() || !item.isTextual()) {
        throw invalid("'tags' must be a list of words.");
      }
      words.add(item.textValue());
    }
    try {
      return Tags.of(words);
    } catch (IllegalArgumentException e) {
      throw invalid("'tags': " + e.getMessage());
    }
  }

  private Optional<Long> start() throws IntakeException {
    Optional<String> text = text("start");
    try {
      Optional<Long> start = text.map(Ticks::parse);
      if (start.filter(ticks -> ticks < 0 || ticks > LATEST).isPresent()) {
        throw invalid("'start' must lie between the years 1970 and 9999.");
      }
      return start;
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid(
          "'start' must be an ISO 8601 date-time with its offset, such as 2026-01-31T09:00:00Z.");
    }
  }

  private Optional<String> key(String member) throws IntakeException {
    Optional<String> key = text(member);
    if (key.filter(
            it ->
                it.isBlank()
                    || it.length() > LONGEST_NAME
                    || it.chars().anyMatch(Character::isISOControl))
        .isPresent()) {
      throw invalid(
          "'" + member + "' must have 1 to 255 characters, none of them a control character.");
    }
    return key;
  }

  private MeetingType type() throws IntakeException {
    String word = text("meetingType").orElse("scheduled");
    try {
      return MeetingType.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw invalid(
          "'meetingType' must be one of scheduled, recurring, meetnow, adhoc, broadcast.");
    }
  }

  private Artifact.Kind kind() throws IntakeException {
    return switch (text("kind").orElse("recording")) {
      case "recording" -> Artifact.Kind.RECORDING;
      case "transcript" -> Artifact.Kind.TRANSCRIPT;
      default -> throw invalid("'kind' must be recording or transcript.");
    };
  }

  private Optional<String> mediaType(Artifact.Kind kind) throws IntakeException {
    Optional<String> type = text("mediaType").map(it -> it.split(";", 2)[0].strip());
    Set<String> known =
        switch (kind) {
          case RECORDING -> MEDIA_TYPES;
          case TRANSCRIPT -> TRANSCRIPT_TYPES;
        };
    if (type.isPresent() && !known.contains(type.get())) {
      throw invalid("'mediaType' must be one of " + known + ".");
    }
    return type;
  }

  private boolean flag(String member) throws IntakeException {
    JsonNode value = json.path(member);
    if (value.isMissingNode() || value.isNull() || value.isBoolean()) {
      return value.asBoolean(false);
    }
    throw invalid("'" + member + "' must be true or false.");
  }

  private Optional<Long> size() throws IntakeException {
    JsonNode value = json.get("size");
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw invalid("'size' must be the file's length in bytes, 1 or more.");
    }
    return Optional.of(value.longValue());
  }

  private Optional<String> sha256() throws IntakeException {
    Optional<String> text = text("sha256").map(it -> it.toLowerCase(Locale.ROOT));
    if (text.isPresent() && !SHA256.matcher(text.get()).matches()) {
      throw invalid("'sha256' must have 64 hexadecimal digits.");
    }
    return text;
  }

  private static IntakeException invalid(String message) {
    return new IntakeException(Kind.INVALID, message);
  }
}
