package dev.aftercall.config;

import static dev.aftercall.config.Quantity.duration;
import static dev.aftercall.config.ValueTypes.integer;

import dev.aftercall.config.Key.Default;
import dev.aftercall.config.Settings.Retention;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** How long recordings are kept, and how carefully they are let go. */
final class RetentionKeys {
  static final Key<Retention, Duration> EVERY =
      key(
          "every",
          duration("0s", "30d"),
          "1h",
          "How often the server looks what is due; 0s for only when `aftercall retention run` is.",
          Retention::every);

  static final Key<Retention, Integer> DEFAULT_DAYS =
      key(
          "default-days",
          integer(0, 36_500),
          "120",
          "Days from the end of a recording until it goes to the trash, where no rule says"
              + " otherwise; 0 for never.",
          Retention::defaultDays);

  static final Key<Retention, Duration> TRASH_PERIOD =
      key(
          "trash-period",
          duration("0s", "3650d"),
          "93d",
          "How long something can be restored from the trash; then it is purged.",
          Retention::trashPeriod);

  static final Key<Retention, Duration> WARN_BEFORE =
      key(
          "warn-before",
          duration("0s", "365d"),
          "14d",
          "How long before it goes to the trash an item is warned of.",
          Retention::warnBefore);

  static final Key<Retention, Integer> LARGEST_RUN =
      key(
          "largest-run",
          integer(1, 100),
          "10",
          "Percent of a tenant's items that may go at one time; where more are due, and more than 100"
              + " items, nothing goes until an administrator confirms.",
          Retention::largestRun);

  static final Key<Retention, Duration> LARGEST_CLOCK_STEP =
      key(
          "largest-clock-step",
          duration("1h", "3650d"),
          "7d",
          "How far the clock may have gone since the last look; where it went further, nothing goes"
              + " until an administrator confirms.",
          Retention::largestClockStep);

  /** All of them. */
  static final List<Key<Retention, ?>> ALL =
      List.of(EVERY, DEFAULT_DAYS, TRASH_PERIOD, WARN_BEFORE, LARGEST_RUN, LARGEST_CLOCK_STEP);

  private RetentionKeys() {}

  private static <T> Key<Retention, T> key(
      String name,
      ValueType<T> type,
      String fallback,
      String description,
      Function<Retention, T> reader) {
    return new Key<>("retention." + name, type, new Default(fallback), false, description, reader);
  }
}
