package dev.aftercall.meeting;

import java.util.Locale;

/** Graph's onlineMeetingType. */
public enum MeetingType {
  /** A call without appointment. */
  ADHOC,
  /** One appointment. */
  SCHEDULED,
  /** A series. */
  RECURRING,
  /** A live event. */
  BROADCAST,
  /** Started with "Meet now". */
  MEETNOW;

  /** As Graph spells it. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it stands in a calendar, which resource-specific consent asks for. */
  public boolean scheduled() {
    return this == SCHEDULED || this == RECURRING;
  }
}
