package dev.aftercall.outbound;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** When the other side wants to be asked again (RFC 9110, 10.2.3); nonsense counts as absent. */
public final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /**
   * The pause that is asked for, a day at most. A date is read by the other side's clock.
   *
   * @param field {@code Retry-After}
   * @param date {@code Date} of the same answer
   */
  public static Optional<Duration> of(Optional<String> field, Optional<String> date) {
    return field
        .flatMap(text -> asked(text, date.flatMap(RetryAfter::date)))
        .filter(pause -> !pause.isNegative())
        .map(pause -> pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }

  /**
   * The pause as it is asked for, which may be negative or for ever.
   *
   * @param now by whose clock a date is read; without it a date says nothing
   */
  public static Optional<Duration> asked(String field, Optional<Instant> now) {
    String text = field.strip();
    return text.matches("[0-9]{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : now.flatMap(at -> date(text).map(then -> Duration.between(at, then)));
  }

  /** A date in a header field. */
  public static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
