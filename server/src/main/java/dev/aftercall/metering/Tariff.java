package dev.aftercall.metering;

import java.util.Optional;

/** What a retrieval costs, or that it may not be. Pure. */
public record Tariff(Preset preset, PriceList prices) {
  /** As the page of 2023 documents it. */
  public static final Tariff DOCUMENTED = new Tariff(Preset.DOCUMENTED, PriceList.DOCUMENTED);

  /** Whose metering. */
  public enum Preset {
    /** Plans count. */
    DOCUMENTED,
    /**
     * As Microsoft does since 2025-08-25: nothing is charged and nothing refused, whatever the
     * plan; it is counted all the same.
     */
    SINCE_2025
  }

  /**
   * The price of a minute in millionths of the currency's unit; empty when the capacity is used up.
   * The retrieval that uses up the last minutes is completed.
   *
   * @param used minutes of that meter in this month
   * @param now ticks
   */
  public Optional<Long> unitPrice(Plan plan, Meter meter, long used, long now) {
    if (preset == Preset.SINCE_2025) {
      return Optional.of(0L);
    }
    return switch (plan) {
      case UNLIMITED -> Optional.of(0L);
      case EVALUATION -> used < Plan.EVALUATION_MINUTES ? Optional.of(0L) : Optional.empty();
      case STANDARD -> Optional.of(prices.at(meter, now));
    };
  }
}
