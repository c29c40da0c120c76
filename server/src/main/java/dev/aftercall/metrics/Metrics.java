package dev.aftercall.metrics;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** All counters and gauges; gauges are asked for their values when somebody reads. */
public final class Metrics {
  private final RequestCounter requests;
  private final List<LabelledCounter> counters = new ArrayList<>();
  private final List<Gauge> gauges = new ArrayList<>();

  private record Gauge(
      String name,
      String help,
      List<String> labels,
      Supplier<? extends Map<List<String>, ? extends Number>> values) {}

  /** A page in one of the two texts. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  public record Page(String mediaType, byte[] text) {}

  /** With that counter of requests. */
  public Metrics(RequestCounter requests) {
    this.requests = requests;
  }

  /** Adds a gauge with one label, by whose value it has one number each; for the wiring alone. */
  public Metrics gauge(
      String name, String help, String label, Supplier<? extends Map<String, Long>> values) {
    return gauge(
        name,
        help,
        List.of(label),
        () -> {
          Map<List<String>, Long> all = new LinkedHashMap<>();
          values.get().forEach((value, number) -> all.put(List.of(value), number));
          return all;
        });
  }

  /** Adds a gauge with several labels, by whose values it has one number each. */
  public Metrics gauge(
      String name, String help, List<String> labels, Supplier<Map<List<String>, Long>> values) {
    gauges.add(new Gauge(name, help, labels, values));
    return this;
  }

  /** Adds a gauge that is one number; for the wiring alone. */
  public Metrics level(String name, String help, DoubleSupplier value) {
    gauges.add(new Gauge(name, help, List.of(), () -> Map.of(List.of(), value.getAsDouble())));
    return this;
  }

  /** Adds a counter; for the wiring alone. */
  public Metrics counter(LabelledCounter counter) {
    counters.add(counter);
    return this;
  }

  /** What it says now. */
  public Page page(boolean openMetrics) {
    MetricSnapshots.Builder all = MetricSnapshots.builder().metricSnapshot(requests.snapshot());
    counters.forEach(counter -> all.metricSnapshot(counter.snapshot()));
    gauges.forEach(gauge -> all.metricSnapshot(snapshot(gauge)));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      if (openMetrics) {
        var writer = OpenMetricsTextFormatWriter.create();
        writer.write(text, all.build());
        return new Page(writer.getContentType(), text.toByteArray());
      }
      var writer = PrometheusTextFormatWriter.create();
      writer.write(text, all.build());
      return new Page(writer.getContentType(), text.toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException("Memory took no more.", e);
    }
  }

  private static GaugeSnapshot snapshot(Gauge gauge) {
    GaugeSnapshot.Builder all = GaugeSnapshot.builder().name(gauge.name()).help(gauge.help());
    gauge
        .values()
        .get()
        .forEach(
            (of, value) ->
                all.dataPoint(
                    GaugeDataPointSnapshot.builder()
                        .labels(Labels.of(gauge.labels(), of))
                        .value(value.doubleValue())
                        .build()));
    return all.build();
  }
}
