package dev.aftercall.http.odata;

import dev.aftercall.time.Ticks;
import java.time.DateTimeException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Edm.DateTimeOffset, which has up to twelve fractional digits where ticks have seven.
 *
 * @param ticks 100-ns ticks since 1970, cut off
 * @param rest what was cut off, in picoseconds
 */
record DateTimeOffset(long ticks, int rest) implements Comparable<DateTimeOffset> {
  /** How people are told to write one. */
  static final String EXAMPLE = "2026-01-31T09:00:00Z";

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d)?)(?:\\.(\\d{1,12}))?(Z|[+-]\\d\\d:\\d\\d)",
          Pattern.CASE_INSENSITIVE);
  private static final int DIGITS = 12;
  private static final int PICOS_PER_TICK = 100_000;
  private static final Comparator<DateTimeOffset> ORDER =
      Comparator.comparingLong(DateTimeOffset::ticks).thenComparingInt(DateTimeOffset::rest);

  /** Reads a literal; empty when the text is none. */
  static Optional<DateTimeOffset> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String digits = form.group(2) == null ? "" : form.group(2);
    long picos = Long.parseLong(digits + "0".repeat(DIGITS - digits.length()));
    try {
      return Optional.of(
          new DateTimeOffset(
              Ticks.parse(form.group(1) + form.group(3)) + picos / PICOS_PER_TICK,
              (int) (picos % PICOS_PER_TICK)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(DateTimeOffset other) {
    return ORDER.compare(this, other);
  }
}
