package dev.aftercall.meeting;

import java.time.Duration;

/**
 * When a meeting expires, by Microsoft's "Limits and specifications for Microsoft Teams": 60 days
 * after its end, or 8 hours after the start of a "Meet now".
 */
public final class Expiry {
  private static final long TICKS_PER_SECOND = 10_000_000L;
  private static final long SCHEDULED = Duration.ofDays(60).toSeconds() * TICKS_PER_SECOND;
  private static final long MEET_NOW = Duration.ofHours(8).toSeconds() * TICKS_PER_SECOND;

  private Expiry() {}

  /** Ticks at which a meeting of that type expires. */
  public static long of(MeetingType type, long start, long end) {
    return switch (type) {
      case MEETNOW, ADHOC -> start + MEET_NOW;
      case SCHEDULED, RECURRING, BROADCAST -> end + SCHEDULED;
    };
  }

  /**
   * The same, once the meeting was started or updated: then it lives for 60 days more, counted from
   * that moment when its end is past. What is no appointment is not extended.
   *
   * @param at ticks at which it was started or updated
   */
  public static long touched(MeetingType type, long start, long end, long at) {
    return of(type, start, Math.max(end, at));
  }
}
