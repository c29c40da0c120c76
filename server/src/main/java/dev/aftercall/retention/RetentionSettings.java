package dev.aftercall.retention;

import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.util.Optional;

/**
 * What operators set.
 *
 * @param every how often the server looks; empty for never by itself
 * @param defaultDays how long is kept what no rule is for; empty for ever
 * @param trashPeriod how long something can come back from the trash
 * @param warnBefore how long before its end an item is warned of
 * @param largestRun percent of a tenant's items that one run may move without being confirmed
 * @param largestClockStep how far the clock may have gone since the last run without being
 *     confirmed
 */
public record RetentionSettings(
    Optional<Duration> every,
    Optional<Integer> defaultDays,
    Duration trashPeriod,
    Duration warnBefore,
    int largestRun,
    Duration largestClockStep) {
  /** As Teams and SharePoint: 120 days, and 93 in the recycle bin. */
  public static final RetentionSettings DEFAULT =
      new RetentionSettings(
          Optional.of(Duration.ofHours(1)),
          Optional.of(120),
          Duration.ofDays(93),
          Duration.ofDays(14),
          10,
          Duration.ofDays(7));

  /** So few may always go: a percentage of little is nothing. */
  static final int ALWAYS = 100;

  /** Whether so many of so many may go without anybody having confirmed it. */
  boolean allows(long due, long all) {
    return due <= ALWAYS || due * 100 <= all * largestRun;
  }

  /** What came into the trash before this may be purged. */
  long purgedBefore(long now) {
    return now - Ticks.of(trashPeriod);
  }

  /** From when what was removed so may be purged. */
  long purgedAt(Removal removal) {
    return removal.at() + Ticks.of(trashPeriod);
  }
}
