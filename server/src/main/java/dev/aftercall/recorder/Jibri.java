package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.time.Ticks;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Jibri, whose {@code finalize.sh} sends the files: {@code sourceId} (session folder and file),
 * {@code fileName}, both percent-encoded, so that a shell can write any name into JSON; {@code
 * size}, {@code sha256}, and Jibri's own {@code metadata.json} as {@code metadata}.
 *
 * @see <a href="https://github.com/jitsi/jibri">Jibri: FileSink makes the name of the file,
 *     FileRecordingJibriService the metadata</a>
 */
final class Jibri implements Recorder {
  /** {@code weekly_2026-01-31-09-00-00.mp4}: the room, cut to 125 characters, and local time. */
  private static final Pattern NAME =
      Pattern.compile(
          "(.*)_(\\d{4}-\\d{2}-\\d{2}-\\d{2}-\\d{2}-\\d{2})(?:\\.[^.]*)?", Pattern.DOTALL);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss");
  private static final Pattern ADDRESS = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://[^/?#]*");

  private final ZoneId zone;

  Jibri(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public Heard hear(Letter letter) throws Unheard {
    throw new Unheard(404, "Jibri's finalize.sh sends files to …/recordings, and no messages.");
  }

  /** Without what opens the meeting either: it stands behind the address. */
  @Override
  public String envelope(JsonNode sent) {
    JsonNode copy = sent.deepCopy();
    if (copy.path("metadata") instanceof ObjectNode metadata
        && metadata.path("meeting_url").isTextual()) {
      metadata.put("meeting_url", metadata.path("meeting_url").textValue().split("[?#]", 2)[0]);
    }
    return Recorder.super.envelope(copy);
  }

  @Override
  public List<Announcement> read(String envelope) {
    JsonNode json = Envelope.read(envelope);
    String name =
        text(json, "fileName").map(PercentEncoding::decode).orElseThrow(() -> missing("fileName"));
    Matcher parts = NAME.matcher(name);
    boolean named = parts.matches();
    String room =
        text(json.path("metadata"), "meeting_url")
            .flatMap(Jibri::room)
            .orElse(named ? parts.group(1) : "");
    return List.of(
        new Announcement(
            Members.id(text(json, "sourceId").orElseThrow(() -> missing("sourceId"))),
            Announcement.Kind.RECORDING,
            new Announcement.Occasion(null, room, named ? start(parts.group(2)) : null, null),
            new Announcement.File(
                name,
                null,
                size(json.path("size")),
                text(json, "sha256").orElse(null),
                null,
                false),
            null));
  }

  /** A file without bytes is taken as one of unknown length, so that quarantine says what it is. */
  private static @Nullable Long size(JsonNode json) {
    return json.isIntegralNumber() && json.canConvertToLong() && json.longValue() > 0
        ? json.longValue()
        : null;
  }

  private static IllegalArgumentException missing(String member) {
    return new IllegalArgumentException("'" + member + "' is missing");
  }

  private static Optional<String> text(JsonNode json, String member) {
    return Optional.ofNullable(json.path(member).textValue()).filter(it -> !it.isBlank());
  }

  /**
   * What stands behind the host: the room, and before it the tenant where there is one, because two
   * tenants may have a room of the same name.
   */
  private static Optional<String> room(String meetingUrl) {
    String path = ADDRESS.matcher(meetingUrl.split("[?#]", 2)[0]).replaceFirst("");
    String room = PercentEncoding.decode(path).replaceAll("/+", "/").replaceAll("^/|/$", "");
    return Optional.of(room).filter(it -> !it.isBlank());
  }

  /**
   * In the source's zone. A time that summer time leaves out is moved on by an hour; of one that
   * there is twice, the first is meant.
   */
  private @Nullable Long start(String local) {
    try {
      return Ticks.of(LocalDateTime.parse(local, TIME).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return null; // Somebody's own name, such as …_2026-13-99-….
    }
  }
}
