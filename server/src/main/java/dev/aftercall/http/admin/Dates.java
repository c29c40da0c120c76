package dev.aftercall.http.admin;

import dev.aftercall.time.Ticks;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A day or an instant in a query, in ticks; a day is its beginning in UTC. */
public final class Dates {
  private Dates() {}

  /**
   * Reads {@code 2026-12-31} or {@code 2026-12-31T09:00:00Z}.
   *
   * @throws dev.aftercall.http.GraphException 400
   */
  public static long read(String text) {
    try {
      return text.length() <= 10
          ? Ticks.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant())
          // A plus sign in a query is a space.
          : Ticks.parse(text.replace(' ', '+'));
    } catch (DateTimeException | ArithmeticException e) {
      throw AdminRequest.wrong(
          "DateInvalid",
          "'" + text + "' is no date.",
          "Send a date such as 2026-12-31, or a date-time such as 2026-12-31T09:00:00Z.");
    }
  }
}
