package dev.aftercall.http;

import dev.aftercall.time.Ticks;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** Date-times as calendars write them: with an offset, or in a zone that stands beside them. */
final class CalendarTime {
  /** Windows' names of zones that many calendars are in; all others go by IANA's. */
  private static final Map<String, String> WINDOWS =
      Map.ofEntries(
          Map.entry("Pacific Standard Time", "America/Los_Angeles"),
          Map.entry("Mountain Standard Time", "America/Denver"),
          Map.entry("Central Standard Time", "America/Chicago"),
          Map.entry("Eastern Standard Time", "America/New_York"),
          Map.entry("GMT Standard Time", "Europe/London"),
          Map.entry("W. Europe Standard Time", "Europe/Berlin"),
          Map.entry("Romance Standard Time", "Europe/Paris"),
          Map.entry("Central European Standard Time", "Europe/Warsaw"),
          Map.entry("FLE Standard Time", "Europe/Kyiv"),
          Map.entry("India Standard Time", "Asia/Kolkata"),
          Map.entry("China Standard Time", "Asia/Shanghai"),
          Map.entry("Tokyo Standard Time", "Asia/Tokyo"),
          Map.entry("AUS Eastern Standard Time", "Australia/Sydney"));

  private static final int LONGEST = 40;

  private CalendarTime() {}

  /**
   * Ticks of a date-time, in UTC when it has no offset.
   *
   * @param name names it in a refusal
   */
  static long parse(String text, String name) {
    return parse(text, ZoneOffset.UTC, name);
  }

  /** The same in a zone, when it has no offset. */
  static long parse(String text, ZoneId zone, String name) {
    try {
      if (text.length() <= LONGEST) {
        // A plus sign in a query is a blank.
        String given = text.strip().replace(' ', '+');
        return given.matches(".*T.*(Z|z|[+-]\\d\\d:\\d\\d)")
            ? Ticks.parse(given)
            : Ticks.of(LocalDateTime.parse(given).atZone(zone).toInstant());
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Said below.
    }
    throw CsdlType.wrong(name, "a date-time such as 2026-01-31T09:00:00 or 2026-01-31T09:00:00Z");
  }

  /** A time zone by Windows' or IANA's name. */
  static ZoneId zone(String zone) {
    try {
      return ZoneId.of(WINDOWS.getOrDefault(zone, zone));
    } catch (DateTimeException e) {
      throw CsdlType.wrong(
          "timeZone", "UTC, an IANA name such as Europe/Berlin, or a usual Windows name");
    }
  }
}
