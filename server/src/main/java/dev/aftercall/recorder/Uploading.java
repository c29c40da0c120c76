package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.time.Ticks;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recorder, or a script beside one, that sends the bytes itself and speaks our own words: {@code
 * sourceId}, {@code room}, {@code meeting}, {@code start}, {@code end}, {@code fileName}, {@code
 * mediaType}, {@code size}, {@code sha256}, and what else it knows in {@code metadata}.
 */
final class Uploading implements Recorder {
  @Override
  public Heard hear(Letter letter) throws Unheard {
    throw new Unheard(404, "This source takes files at …/recordings, and no messages.");
  }

  @Override
  public List<Announcement> read(String envelope) {
    return List.of(announcement(Envelope.read(envelope)));
  }

  /** What such an envelope announces. */
  static Announcement announcement(JsonNode json) {
    String id =
        text(json, "sourceId")
            .orElseThrow(() -> new IllegalArgumentException("'sourceId' is missing"));
    JsonNode size = json.path("size");
    return new Announcement(
        id,
        text(json, "kind").filter("transcript"::equals).isPresent()
            ? Announcement.Kind.TRANSCRIPT
            : Announcement.Kind.RECORDING,
        new Announcement.Occasion(
            text(json, "meeting").orElse(null),
            text(json, "room").orElse(""),
            time(json, "start"),
            time(json, "end")),
        new Announcement.File(
            text(json, "fileName").orElse("recording"),
            text(json, "mediaType").orElse(null),
            size.canConvertToLong() && size.isIntegralNumber() ? size.longValue() : null,
            text(json, "sha256").orElse(null),
            null,
            false),
        json.path("assigned") instanceof ObjectNode members ? members : null);
  }

  private static Optional<String> text(JsonNode json, String member) {
    JsonNode value = json.path(member);
    if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
      throw new IllegalArgumentException("'" + member + "' must be a string");
    }
    return Optional.ofNullable(value.textValue()).filter(it -> !it.isBlank());
  }

  private static @Nullable Long time(JsonNode json, String member) {
    try {
      return text(json, member).map(Ticks::parse).orElse(null);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + member + "' must be a date-time such as 2026-01-31T09:00:00Z", e);
    }
  }
}
