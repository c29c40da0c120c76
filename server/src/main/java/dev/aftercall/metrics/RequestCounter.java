package dev.aftercall.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts requests by route and status. The routes are few and the answers' statuses too, so the
 * table stays small whatever clients send.
 */
public final class RequestCounter {
  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

  private record Key(String route, int status) {}

  /**
   * Counts one request.
   *
   * @param route the template of the route that answered; empty for none
   */
  public void count(String route, int status) {
    counts.computeIfAbsent(new Key(route, status), first -> new LongAdder()).increment();
  }

  CounterSnapshot snapshot() {
    CounterSnapshot.Builder all =
        CounterSnapshot.builder()
            .name("aftercall_http_requests")
            .help("Requests answered, by route and status; content of any range counts as 200.");
    counts.forEach(
        (key, count) ->
            all.dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(
                        Labels.of("route", key.route(), "status", Integer.toString(key.status())))
                    .value((double) count.sum())
                    .build()));
    return all.build();
  }
}
