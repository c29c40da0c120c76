package dev.aftercall.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * Instants as the catalogue keeps them: 100-nanosecond ticks since 1970-01-01T00:00:00Z in a 64-bit
 * integer. Graph prints seven fractional digits, PostgreSQL keeps six; ticks keep what Graph shows.
 */
public final class Ticks {
  private static final long PER_SECOND = 10_000_000L;

  private Ticks() {}

  /** Ticks of an instant; what is finer than 100 ns is cut off. */
  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 100);
  }

  /** How many ticks a duration lasts. */
  public static long of(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), PER_SECOND), duration.getNano() / 100);
  }

  /** The instant of a tick count. */
  public static Instant toInstant(long ticks) {
    return Instant.ofEpochSecond(
        Math.floorDiv(ticks, PER_SECOND), Math.floorMod(ticks, PER_SECOND) * 100L);
  }

  /** As Graph writes it: {@code 2024-07-12T11:37:59.0113199Z}, always seven digits, always UTC. */
  public static String format(long ticks) {
    long seconds = Math.floorDiv(ticks, PER_SECOND);
    LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(28);
    pad(text, time.getYear(), 4).append('-');
    pad(text, time.getMonthValue(), 2).append('-');
    pad(text, time.getDayOfMonth(), 2).append('T');
    pad(text, time.getHour(), 2).append(':');
    pad(text, time.getMinute(), 2).append(':');
    pad(text, time.getSecond(), 2).append('.');
    return pad(text, Math.floorMod(ticks, PER_SECOND), 7).append('Z').toString();
  }

  /**
   * Ticks of an ISO 8601 date-time with offset, such as {@code 2026-01-31T09:00:00Z} or {@code
   * 2026-01-31T10:00:00.25+01:00}.
   *
   * @throws DateTimeParseException when the text is none
   */
  public static long parse(String text) {
    return of(OffsetDateTime.parse(text).toInstant());
  }

  private static StringBuilder pad(StringBuilder text, long value, int width) {
    String digits = Long.toString(value);
    return text.repeat('0', Math.max(0, width - digits.length())).append(digits);
  }
}
