package dev.aftercall.metering;

import dev.aftercall.time.Ticks;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a minute costs, and since when.
 *
 * @param currency of all of them, ISO 4217
 */
public record PriceList(String currency, List<Price> prices) {
  /**
   * Microsoft's prices: $0.003 a minute of recordings and $0.0022 of transcripts from 2024-01-01.
   *
   * @see <a href="https://learn.microsoft.com/graph/teams-licenses">Payment models and
   *     licensing</a>
   */
  public static final PriceList DOCUMENTED =
      new PriceList(
          "USD",
          List.of(
              new Price(Meter.RECORDING, Ticks.parse("2024-01-01T00:00:00Z"), 3_000),
              new Price(Meter.TRANSCRIPT, Ticks.parse("2024-01-01T00:00:00Z"), 2_200)));

  /**
   * One price.
   *
   * @param from ticks; it counts until a later one of the same meter does
   * @param millionths of the currency's unit a minute
   */
  public record Price(Meter meter, long from, long millionths) {}

  /** Copies the prices. */
  public PriceList {
    prices = List.copyOf(prices);
  }

  /** When the next price of its meter begins to count, in ticks; empty when there is none. */
  public Optional<Long> ends(Price price) {
    return prices.stream()
        .filter(other -> other.meter() == price.meter() && other.from() > price.from())
        .map(Price::from)
        .min(Comparator.naturalOrder());
  }

  /** Millionths of the currency's unit a minute at that time; 0 before the first price. */
  public long at(Meter meter, long ticks) {
    return prices.stream()
        .filter(price -> price.meter() == meter && price.from() <= ticks)
        .max(Comparator.comparingLong(Price::from))
        .map(Price::millionths)
        .orElse(0L);
  }
}
