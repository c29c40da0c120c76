package dev.aftercall.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by the values of some labels, which must be few. */
public final class LabelledCounter {
  private final String name;
  private final String help;
  private final List<String> labels;
  private final Map<List<String>, LongAdder> counts = new ConcurrentHashMap<>();

  /** A counter of that name, without the ending that Prometheus gives it. */
  public LabelledCounter(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** Counts one, with a value for each label. */
  public void count(String... values) {
    counts.computeIfAbsent(List.of(values), first -> new LongAdder()).increment();
  }

  CounterSnapshot snapshot() {
    CounterSnapshot.Builder all = CounterSnapshot.builder().name(name).help(help);
    counts.forEach(
        (values, count) ->
            all.dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(Labels.of(labels, values))
                    .value((double) count.sum())
                    .build()));
    return all.build();
  }
}
