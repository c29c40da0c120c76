package dev.aftercall.config;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What retrievals of content are counted as, and what they cost.
 *
 * @param currency ISO 4217, of every price
 * @param prices each counts from its date until that of the next of its meter
 */
public record Metering(Preset preset, String currency, List<Price> prices) {
  /** Whose metering. */
  public enum Preset {
    /** As Microsoft documented it until August 2025: plans count. */
    DOCUMENTED,
    /** As Microsoft does since: nothing is charged and nothing refused. */
    SINCE_2025
  }

  private record Since(Price.Meter meter, LocalDate from) {}

  /** Copies the list, and refuses two prices of one meter from one date. */
  public Metering {
    prices = List.copyOf(prices);
    Set<Since> known = new HashSet<>();
    Rules rules = new Rules();
    for (Price price : prices) {
      rules.require(
          known.add(new Since(price.meter(), price.from())),
          MeteringKeys.PRICES.name(),
          "%s has two prices from %s".formatted(price.meterWord(), price.from()),
          "one price for each meter and date");
    }
    rules.enforce();
  }
}
