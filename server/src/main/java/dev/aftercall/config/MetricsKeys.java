package dev.aftercall.config;

import static dev.aftercall.config.ValueTypes.bool;
import static dev.aftercall.config.ValueTypes.optional;
import static dev.aftercall.config.ValueTypes.secret;

import dev.aftercall.config.Key.Default;
import dev.aftercall.config.Settings.Metrics;
import java.util.List;
import java.util.Optional;

/** What Prometheus may read. */
final class MetricsKeys {
  static final Key<Metrics, Boolean> ENABLED =
      new Key<>(
          "metrics.enabled",
          bool(),
          new Default("false"),
          false,
          "Whether /metrics gives counters and gauges in Prometheus' and OpenMetrics' text.",
          Metrics::enabled);

  static final Key<Metrics, Optional<Secret>> TOKEN =
      new Key<>(
          "metrics.token",
          optional(secret()),
          new Default(""),
          true,
          "Bearer token that whoever reads /metrics must bring; when empty, anybody may.",
          Metrics::token);

  /** All of them. */
  static final List<Key<Metrics, ?>> ALL = List.of(ENABLED, TOKEN);

  private MetricsKeys() {}
}
