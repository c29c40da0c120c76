package dev.aftercall.jdbc;

import dev.aftercall.notification.Event;
import dev.aftercall.notification.Lane;
import dev.aftercall.notification.Settlement;
import dev.aftercall.notification.Settlement.Attempt;
import dev.aftercall.notification.Settlement.Verdict;
import dev.aftercall.notification.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What became of attempts, taken down. */
final class SettledRows {
  static final String HIT =
      "select distinct subscription_id from notification where lane_id = :lane"
          + " and entered_ticks <= :before and event = 'created'";

  static final String BURIED =
      """
      insert into notification_dead (subscription_id, position, event, entered_ticks,
          died_ticks, reason)
      select subscription_id, position, event, entered_ticks, :now, :reason
        from notification where lane_id = :lane and entered_ticks <= :before
      on conflict do nothing
      """;

  private SettledRows() {}

  static void write(Handle handle, Settlement settled, String forUpdate, long now) {
    String lane = settled.lane().id();
    // First, and in a statement of its own: what enters meanwhile is seen by those that follow.
    handle
        .createQuery("select lane_id from notification_lane where lane_id = :lane" + forUpdate)
        .bind("lane", lane)
        .mapTo(String.class)
        .findOne();
    done(handle, lane, settled.done());
    log(handle, lane, settled.attempts());
    List<String> lifecycle = new ArrayList<>();
    for (UUID refused : settled.refused()) {
      refuse(handle, refused, lifecycle, now);
    }
    switch (settled.verdict()) {
      case Verdict.Well well -> rest(handle, settled.lane(), 0, now, now);
      case Verdict.Badly badly -> {
        giveUp(handle, settled.lane(), badly, lifecycle, now);
        rest(handle, settled.lane(), settled.lane().failures() + 1, badly.again(), now);
      }
    }
    LaneRows.wake(handle, lifecycle, now);
  }

  private static void done(Handle handle, String lane, List<Waiting.Key> keys) {
    if (keys.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            "delete from notification where lane_id = ? and position = ?"
                + " and subscription_id = ? and event = ?");
    keys.forEach(key -> batch.add(lane, key.position(), key.subscription(), key.event().word()));
    batch.execute();
  }

  private static void log(Handle handle, String lane, List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into notification_attempt (lane_id, at_ticks, subscription_id, number, items,
                outcome, millis)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """);
    attempts.forEach(
        it ->
            batch.add(
                lane,
                it.at(),
                it.subscription(),
                it.number(),
                it.items(),
                it.outcome(),
                it.millis()));
    batch.execute();
  }

  /** Said once, until the owner authorizes anew. */
  private static void refuse(Handle handle, UUID id, List<String> lifecycle, long now) {
    int first =
        handle.execute(
            "update subscription set refused_ticks = ?"
                + " where subscription_id = ? and refused_ticks is null",
            now,
            id.toString());
    if (first == 1) {
      LaneRows.enterLifecycle(handle, id.toString(), Event.REAUTHORIZATION_REQUIRED, now)
          .ifPresent(lifecycle::add);
    }
  }

  /** The same for what is held: nobody tries it, so that nobody settles it. */
  static int giveUpHeld(Handle handle, Lane lane, long before, long now) {
    List<String> lifecycle = new ArrayList<>();
    giveUp(
        handle,
        lane,
        new Verdict.Badly(now, before, "not authorized anew in time"),
        lifecycle,
        now);
    LaneRows.wake(handle, lifecycle, now);
    return lifecycle.size();
  }

  private static void giveUp(
      Handle handle, Lane lane, Verdict.Badly badly, List<String> lifecycle, long now) {
    List<String> hit =
        handle
            .createQuery(HIT)
            .bind("lane", lane.id())
            .bind("before", badly.giveUp())
            .mapTo(String.class)
            .list();
    handle
        .createUpdate(BURIED)
        .bind("now", now)
        .bind("reason", badly.reason())
        .bind("lane", lane.id())
        .bind("before", badly.giveUp())
        .execute();
    handle.execute(
        "delete from notification where lane_id = ? and entered_ticks <= ?",
        lane.id(),
        badly.giveUp());
    if (lane.kind() == Lane.Kind.WEBHOOK) {
      hit.forEach(
          id -> LaneRows.enterLifecycle(handle, id, Event.MISSED, now).ifPresent(lifecycle::add));
    }
  }

  /** The lane is nobody's again, and due when something may be told. */
  private static void rest(Handle handle, Lane lane, int failures, long due, long now) {
    handle
        .createUpdate(
            "update notification_lane set failures = :failures, suspect = :suspect, lease = null,"
                + " lease_ticks = 0, due_ticks = case when exists"
                + " (select 1 from notification n"
                + JdbcOutbox.TELLABLE
                + ") then :due else null end where lane_id = :lane and lease = :lease")
        .bind("failures", failures)
        .bind("suspect", failures == 0 ? 0 : 1)
        .bind("due", due)
        .bind("now", now)
        .bind("lane", lane.id())
        .bind("lease", lane.lease())
        .execute();
  }
}
