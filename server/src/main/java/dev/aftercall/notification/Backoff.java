package dev.aftercall.notification;

import dev.aftercall.outbound.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an endpoint that did not answer as it must is tried again. Graph tries "for up to 4 hours"
 * with growing pauses and gives the pauses nowhere.
 */
final class Backoff {
  /** After that nothing is tried any more. */
  static final Duration GIVEN_UP_AFTER = Duration.ofHours(4);

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private Backoff() {}

  /**
   * The pause after a failure.
   *
   * @param failures in a row, this one included
   * @param spread from 0 to 1, so that not all of them come back at once
   */
  static Duration pause(int failures, double spread) {
    int doublings = Math.clamp(failures - 1L, 0, 20);
    long millis = Math.min(FIRST.toMillis() << doublings, LONGEST.toMillis());
    return Duration.ofMillis(millis + (long) (millis * 0.2 * spread));
  }

  /** RFC 9110, 10.2.3: seconds or a date; nonsense counts as absent. */
  static Optional<Duration> retryAfter(Optional<String> field, Instant now) {
    return field.flatMap(text -> RetryAfter.asked(text, Optional.of(now))).map(Backoff::bounded);
  }

  private static Duration bounded(Duration wished) {
    if (wished.isNegative()) {
      return Duration.ZERO;
    }
    return wished.compareTo(GIVEN_UP_AFTER) > 0 ? GIVEN_UP_AFTER : wished;
  }
}
