package dev.aftercall.jdbc;

import dev.aftercall.notification.Event;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What enters lanes, and when they are to be looked at. */
final class LaneRows {
  private LaneRows() {}

  /** Lane, position, subscription, event, ticks; what waits already is not entered twice. */
  static PreparedBatch entering(Handle handle) {
    return handle.prepareBatch(
        "insert into notification (lane_id, position, subscription_id, event, entered_ticks)"
            + " values (?, ?, ?, ?, ?) on conflict do nothing");
  }

  /** Something waits in those lanes; one that backs off is not woken before its time. */
  static void wake(Handle handle, Collection<String> lanes, long now) {
    // In one order, so that two nodes do not wait for each other.
    for (String lane : new TreeSet<>(lanes)) {
      handle.execute(
          "update notification_lane set due_ticks = ? where lane_id = ? and due_ticks is null",
          now,
          lane);
    }
  }

  /**
   * Tells a subscription's fate where it is to be told; the lane still wants to be woken.
   *
   * @return the lane, unless the subscription has none for it
   */
  static Optional<String> enterLifecycle(
      Handle handle, String subscription, Event event, long now) {
    Optional<String> lane =
        handle
            .createQuery(
                "select lifecycle_lane from subscription where subscription_id = :id"
                    + " and lifecycle_lane is not null")
            .bind("id", subscription)
            .mapTo(String.class)
            .findOne();
    lane.ifPresent(it -> entering(handle).add(it, now, subscription, event.word(), now).execute());
    return lane;
  }
}
