package dev.aftercall.metering;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Usage in words: what every list, table and file of it shows. */
public final class UsageText {
  /** The columns. */
  public static final List<String> COLUMNS =
      List.of("month", "appId", "meter", "retrievals", "minutes", "amount", "currency");

  private static final int DIGITS = 6;

  private UsageText() {}

  /** One row, whose amount is of that currency. */
  public static List<String> row(Usage usage, String currency) {
    return List.of(
        usage.month(),
        usage.appId(),
        usage.meter().name().toLowerCase(Locale.ROOT),
        Long.toString(usage.retrievals()),
        Long.toString(usage.minutes()),
        amount(usage.amount()),
        currency);
  }

  /** Millionths as a number of whole ones: {@code 1.800000}. */
  public static String amount(long millionths) {
    return BigDecimal.valueOf(millionths, DIGITS).toPlainString();
  }

  /** A line of a file of comma-separated values (RFC 4180), with its end. */
  public static String csv(List<String> values) {
    StringBuilder line = new StringBuilder();
    for (String value : values) {
      line.append(line.isEmpty() ? "" : ",").append(cell(value));
    }
    return line.append("\r\n").toString();
  }

  private static String cell(String value) {
    // A spreadsheet would run what begins so as a formula.
    String safe = value.matches("[=+@\\-\\t].*") ? "'" + value : value;
    return safe.matches("[^\",\\r\\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
