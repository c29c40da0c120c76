package dev.aftercall.time;

import java.time.Duration;

/** Pauses between tries that fail, each twice as long as the one before. */
public final class Doubling {
  private Doubling() {}

  /**
   * The pause after a failure.
   *
   * @param failures in a row, this one included
   */
  public static Duration pause(Duration first, Duration longest, int failures) {
    Duration pause = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, 20));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
