package dev.aftercall.http.odata;

import java.util.regex.Pattern;

/** Guesses what a client meant by an expression that cannot be read. */
final class Hints {
  private static final Pattern BLANK_FOR_PLUS =
      Pattern.compile("(?i)T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)? +\\d\\d:\\d\\d");
  private static final Pattern QUOTED_DATE = Pattern.compile("'\\d{4}-\\d\\d-\\d\\d[^']*'");
  private static final Pattern BARE_DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?![\\dTt])");

  private Hints() {}

  /** What may be meant, with a blank before it; or nothing. */
  static String of(String expression) {
    if (BLANK_FOR_PLUS.matcher(expression).find()) {
      return " A '+' in a query means a blank: write the offset's '+' as '%2B'.";
    }
    if (QUOTED_DATE.matcher(expression).find()) {
      return " Write date-times without quotes: " + DateTimeOffset.EXAMPLE + ".";
    }
    if (BARE_DATE.matcher(expression).find()) {
      return " Write date-times with time and offset: " + DateTimeOffset.EXAMPLE + ".";
    }
    return "";
  }
}
