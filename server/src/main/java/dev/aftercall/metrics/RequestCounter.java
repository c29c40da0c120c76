package dev.aftercall.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;

/**
 * Counts requests by route and status. The routes are few and the answers' statuses too, so the
 * table stays small whatever clients send.
 */
public final class RequestCounter {
  private final LabelledCounter counts =
      new LabelledCounter(
          "aftercall_http_requests",
          "Requests answered, by route and status; content of any range counts as 200.",
          "route",
          "status");

  /**
   * Counts one request.
   *
   * @param route the template of the route that answered; empty for none
   */
  public void count(String route, int status) {
    counts.count(route, Integer.toString(status));
  }

  CounterSnapshot snapshot() {
    return counts.snapshot();
  }
}
