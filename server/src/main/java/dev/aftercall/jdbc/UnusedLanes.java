package dev.aftercall.jdbc;

import dev.aftercall.notification.Lane;
import dev.aftercall.notification.Sink;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Lanes that nobody has any more and in which nothing waits. */
final class UnusedLanes {
  private static final String NOBODY_HAS =
      " not exists (select 1 from notification n where n.lane_id = l.lane_id)"
          + " and not exists (select 1 from subscription s where s.lane_id = l.lane_id)"
          + " and not exists (select 1 from subscription s where s.lifecycle_lane = l.lane_id)";

  /** Looks at each lane that rests, by keys. */
  static final String CANDIDATES =
      "select l.* from notification_lane l"
          + " where l.due_ticks is null and l.lease_ticks <= :now and"
          + NOBODY_HAS
          + " limit :most";

  static final String DELETE =
      "delete from notification_lane as l where l.lane_id = :lane and l.lease_ticks <= :now and"
          + NOBODY_HAS;

  private static final int MOST = 1_000;

  private final Database database;
  private final Set<Sink> standing;
  private final String forUpdate;

  /**
   * Of that database.
   *
   * @param sinks whose lanes stay
   */
  UnusedLanes(Database database, List<Sink> sinks) {
    this.database = database;
    this.forUpdate = database.embedded() ? "" : " for update";
    this.standing = Set.copyOf(sinks);
  }

  void remove(long now) {
    List<Lane> candidates =
        database.read(
            handle ->
                handle
                    .createQuery(CANDIDATES)
                    .bind("now", now)
                    .bind("most", MOST)
                    .map((row, context) -> JdbcOutbox.toLane(row, ""))
                    .list());
    for (Lane lane : candidates) {
      if (lane.sink().filter(standing::contains).isEmpty()) {
        database.write(handle -> remove(handle, lane.id(), now));
      }
    }
  }

  private int remove(Handle handle, String lane, long now) {
    // First, and in a statement of its own: whoever subscribes holds the row, and what they wrote
    // is seen by the statement that follows.
    handle
        .createQuery("select lane_id from notification_lane where lane_id = :lane" + forUpdate)
        .bind("lane", lane)
        .mapTo(String.class)
        .findOne();
    return handle.createUpdate(DELETE).bind("lane", lane).bind("now", now).execute();
  }
}
