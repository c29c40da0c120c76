package dev.aftercall.meeting;

import dev.aftercall.time.Ticks;
import java.time.Duration;

/**
 * When a meeting expires, by Microsoft's "Limits and specifications for Microsoft Teams": 60 days
 * after its end, or 8 hours after the start of a "Meet now". An ad hoc call is no meeting and has
 * no line in that table: what it left behind stays readable.
 */
public final class Expiry {
  private static final long TICKS_PER_SECOND = 10_000_000L;
  private static final long SCHEDULED = Duration.ofDays(60).toSeconds() * TICKS_PER_SECOND;
  private static final long MEET_NOW = Duration.ofHours(8).toSeconds() * TICKS_PER_SECOND;

  /** The last tick that clients can write; behind every other. */
  private static final long NEVER = Ticks.parse("9999-12-31T23:59:59.9999999Z");

  private Expiry() {}

  /** Ticks at which a meeting of that type expires. */
  public static long of(MeetingType type, long start, long end) {
    return switch (type) {
      case ADHOC -> NEVER;
      case MEETNOW -> start + MEET_NOW;
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
