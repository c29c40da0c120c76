package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.digest.Sha256;
import dev.aftercall.time.Ticks;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/** Reads members of what recorders sent: under any of the names they have had, in any notation. */
final class Members {
  private static final int LONGEST_ID = 255;

  /** No recording is older than the century, or from far ahead; what says so is no time. */
  private static final long EARLIEST = Ticks.parse("2000-01-01T00:00:00Z");

  private static final long LATEST = Ticks.parse("2200-01-01T00:00:00Z");

  private Members() {}

  /** The first of those members that is there; one that is missing otherwise. */
  static JsonNode first(JsonNode json, String... names) {
    for (String name : names) {
      JsonNode value = json.path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        return value;
      }
    }
    return json.path(names[0]);
  }

  /** A text, or a number as text; "" where there is none. */
  static String text(JsonNode json, String... names) {
    JsonNode value = first(json, names);
    return value.isTextual() || value.isNumber() ? value.asText().strip() : "";
  }

  /** A whole number, also as a string (protobuf's JSON has int64 so); null for none and for 0. */
  static @Nullable Long whole(JsonNode json, String... names) {
    String digits = text(json, names);
    return digits.matches("[0-9]{1,18}") && !digits.matches("0+") ? Long.valueOf(digits) : null;
  }

  /** Ticks of nanoseconds since 1970. */
  static @Nullable Long nanos(JsonNode json, String... names) {
    // 19 digits: longer than whole() reads, and within a long until 2262.
    String digits = text(json, names);
    if (!digits.matches("[0-9]{10,19}")) {
      return null;
    }
    return likely(Long.parseLong(digits.substring(0, digits.length() - 2)));
  }

  /** Ticks of milliseconds since 1970. */
  static @Nullable Long millis(JsonNode json, String... names) {
    Long millis = whole(json, names);
    return millis == null || millis > LATEST / 10_000 ? null : likely(millis * 10_000);
  }

  /** Ticks of an ISO 8601 date-time with offset. */
  static @Nullable Long time(JsonNode json, String... names) {
    try {
      String text = text(json, names);
      return text.isEmpty() ? null : likely(Ticks.parse(text));
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable Long likely(long ticks) {
    return ticks < EARLIEST || ticks > LATEST ? null : ticks;
  }

  /** An id of those parts; where it is too long for one, its end is a hash of the whole. */
  static String id(String... parts) {
    String id = String.join("/", parts);
    return id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID - 65) + "#" + Sha256.hex(id);
  }

  /** What stands behind the last slash. */
  static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
