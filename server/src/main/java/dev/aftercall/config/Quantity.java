package dev.aftercall.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole numbers with a unit, such as {@code 16MiB} and {@code 5m}. A number without a unit is
 * refused: it is the classic way to wait a thousand times too long.
 */
final class Quantity {
  private static final Pattern FORM = Pattern.compile("(\\d+)\\s*([A-Za-z]+)");

  /** Sizes in bytes. */
  private static final Quantity SIZE =
      new Quantity(
          List.of(
              Map.entry("TiB", 1L << 40),
              Map.entry("TB", 1_000_000_000_000L),
              Map.entry("GiB", 1L << 30),
              Map.entry("GB", 1_000_000_000L),
              Map.entry("MiB", 1L << 20),
              Map.entry("MB", 1_000_000L),
              Map.entry("KiB", 1L << 10),
              Map.entry("KB", 1_000L),
              Map.entry("B", 1L)));

  /** Durations in milliseconds. */
  private static final Quantity DURATION =
      new Quantity(
          List.of(
              Map.entry("d", 86_400_000L),
              Map.entry("h", 3_600_000L),
              Map.entry("m", 60_000L),
              Map.entry("s", 1_000L),
              Map.entry("ms", 1L)));

  private final Map<String, Long> units = new LinkedHashMap<>();

  private Quantity(List<Entry<String, Long>> largestFirst) {
    largestFirst.forEach(unit -> units.put(unit.getKey(), unit.getValue()));
  }

  /** Sizes in bytes within bounds, both included. */
  static ValueType<Long> size(String least, String most) {
    return new ValueType<>(
        "a size from %s to %s, such as 500MB or 16MiB".formatted(least, most),
        text -> SIZE.parse(text, least, most),
        SIZE::format);
  }

  /** Durations within bounds, both included. */
  static ValueType<Duration> duration(String least, String most) {
    return new ValueType<>(
        "a duration from %s to %s, such as 30s, 5m, 12h or 7d".formatted(least, most),
        text -> Duration.ofMillis(DURATION.parse(text, least, most)),
        value -> DURATION.format(value.toMillis()));
  }

  private long parse(String text, String least, String most) {
    long value = parse(text);
    if (value < parse(least) || value > parse(most)) {
      throw new IllegalArgumentException("%s is out of bounds".formatted(text));
    }
    return value;
  }

  private long parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      String wrong =
          text.matches("\\d+") ? "'%s' has no unit" : "'%s' is not a whole number with a unit";
      throw new IllegalArgumentException(wrong.formatted(text));
    }
    long unit =
        Optional.ofNullable(units.get(form.group(2)))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' is not a unit; units are %s"
                            .formatted(form.group(2), String.join(", ", units.keySet()))));
    try {
      return Math.multiplyExact(Long.parseLong(form.group(1)), unit);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("%s is out of bounds".formatted(text), e);
    }
  }

  private String format(long value) {
    return units.entrySet().stream()
        .filter(unit -> value % unit.getValue() == 0)
        .findFirst()
        .map(unit -> value / unit.getValue() + unit.getKey())
        .orElseThrow();
  }
}
