package dev.aftercall.config;

import static dev.aftercall.config.ValueTypes.listOf;
import static dev.aftercall.config.ValueTypes.oneOf;

import dev.aftercall.config.Key.Default;
import java.util.Currency;
import java.util.List;

/** How retrievals of content are counted, and what they cost. */
final class MeteringKeys {
  static final Key<Metering, Metering.Preset> PRESET =
      new Key<>(
          "metering.preset",
          oneOf(Metering.Preset.class),
          new Default("documented"),
          false,
          "Whether metering plans count as documented, or nothing is charged and nothing refused as"
              + " at Microsoft since August 2025.",
          Metering::preset);

  static final Key<Metering, String> CURRENCY =
      new Key<>(
          "metering.currency",
          new ValueType<>(
              "a currency by its three letters (ISO 4217)", MeteringKeys::currency, it -> it),
          new Default("USD"),
          false,
          "Of metering.prices and of all amounts; nothing that is in the book is converted.",
          Metering::currency);

  static final Key<Metering, List<Price>> PRICES =
      new Key<>(
          "metering.prices",
          listOf(new ValueType<>(Price.FORM, Price::parse, Price::toString)),
          new Default("recording 2024-01-01 0.003,transcript 2024-01-01 0.0022"),
          false,
          "What a minute costs by the plan standard. A price counts from its day until that of the"
              + " next of its meter; before the first a minute costs nothing.",
          Metering::prices);

  /** All of them. */
  static final List<Key<Metering, ?>> ALL = List.of(PRESET, CURRENCY, PRICES);

  private MeteringKeys() {}

  private static String currency(String text) {
    try {
      return Currency.getInstance(text).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s' is no currency".formatted(text), e);
    }
  }
}
