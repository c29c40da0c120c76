package dev.aftercall.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;

/**
 * What a minute of content costs, written {@code recording 2024-01-01 0.003}.
 *
 * @param from the first day, UTC
 * @param amount of the currency; at most six digits behind the point
 */
public record Price(Meter meter, LocalDate from, BigDecimal amount) {
  static final String FORM =
      "a meter (recording or transcript), the first day (YYYY-MM-DD, UTC) and the price of a minute"
          + " with at most six digits behind the point, such as recording 2024-01-01 0.003";

  private static final int DIGITS = 6;
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

  /** What is counted. */
  public enum Meter {
    /** Minutes of recordings. */
    RECORDING,
    /** Minutes of transcripts. */
    TRANSCRIPT
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static Price parse(String text) {
    String[] words = text.strip().split("\\s+", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException("'%s' has not three words".formatted(text));
    }
    return new Price(meter(words[0]), date(words[1]), amount(words[2]));
  }

  private static Meter meter(String word) {
    return switch (word) {
      case "recording" -> Meter.RECORDING;
      case "transcript" -> Meter.TRANSCRIPT;
      default -> throw new IllegalArgumentException("'%s' is no meter".formatted(word));
    };
  }

  private static LocalDate date(String word) {
    try {
      return LocalDate.parse(word);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'%s' is no date".formatted(word), e);
    }
  }

  private static BigDecimal amount(String word) {
    if (!word.matches("\\d{1,7}(\\.\\d{1,%d})?".formatted(DIGITS))) {
      throw new IllegalArgumentException("'%s' is no price".formatted(word));
    }
    BigDecimal amount = new BigDecimal(word);
    if (amount.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("'%s' is more than %s".formatted(word, MOST));
    }
    return amount;
  }

  /** Millionths of the currency's unit a minute. */
  public long millionths() {
    return amount.movePointRight(DIGITS).longValueExact();
  }

  String meterWord() {
    return meter.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return meterWord() + " " + from + " " + amount.toPlainString();
  }
}
