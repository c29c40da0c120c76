package dev.aftercall.media;

import java.time.Duration;

/**
 * Arithmetic of container clocks; what overflows stays at the largest value instead of wrapping.
 */
final class MediaTime {
  private static final long NANOS = 1_000_000_000L;

  private MediaTime() {}

  /** Zero when the clock stands still (timescale 0) or the count is unknown (negative). */
  static Duration of(long ticks, long timescale) {
    if (ticks <= 0 || timescale <= 0) {
      return Duration.ZERO;
    }
    // The remainder is below 2^32, a timescale's largest value, so the product stays within 63
    // bits.
    return Duration.ofSeconds(ticks / timescale, ticks % timescale * NANOS / timescale);
  }

  static long plus(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  static long times(long a, long b) {
    return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
  }

  static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
