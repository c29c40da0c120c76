package dev.aftercall.jdbc;

import dev.aftercall.notification.Lane;
import dev.aftercall.notification.Outbox;
import dev.aftercall.notification.Settlement;
import dev.aftercall.notification.Sink;
import dev.aftercall.notification.Waiting;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The outbox in SQL. On SQLite a turn is one transaction, for each costs a wait for the disk and
 * all queue up on one thread anyway; on PostgreSQL it is three, so that no node holds locks of one
 * kind while it waits for another's.
 */
public final class JdbcOutbox implements Outbox {
  /** Longer than an attempt can take. */
  private static final long LEASED = Ticks.of(Duration.ofSeconds(30));

  private static final long KEPT_AFTER_END = Ticks.of(Duration.ofHours(4));
  private static final long ATTEMPTS_KEPT = Ticks.of(Duration.ofDays(7));
  private static final long DEAD_KEPT = Ticks.of(Duration.ofDays(30));

  /** What may be told now: not what waits until its owner authorizes the subscription anew. */
  static final String TELLABLE =
      " left join subscription s on s.subscription_id = n.subscription_id"
          + " where n.lane_id = :lane and (n.event <> 'created'"
          + " or coalesce(s.authorized_ticks, :now + 1) > :now)";

  static final String ANYTHING =
      """
      select case when
            exists (select 1 from notification_tenant t join change_counter c
                      on c.tenant_id = t.tenant_id and c.position > t.position)
         or exists (select 1 from notification_lane
                     where suspect = 0 and due_ticks <= :now and lease_ticks <= :now)
         or exists (select 1 from notification_lane
                     where suspect = 1 and due_ticks <= :now and lease_ticks <= :now)
         or exists (select 1 from subscription where challenge_ticks <= :now)
        then 1 else 0 end
      """;

  static final String DUE =
      "select * from notification_lane where suspect = :suspect and due_ticks <= :now"
          + " and lease_ticks <= :now order by due_ticks limit :most";

  static final String OVER =
      "select subscription_id from subscription where expires_ticks < :before limit 1000";

  static final String HELD =
      "select distinct l.* from notification_lane l join subscription s"
          + " on s.lane_id = l.lane_id where s.authorized_ticks <= :before"
          + " and l.lease_ticks <= :now";

  private final Database database;
  private final FanOut fanOut;
  private final UnusedLanes unusedLanes;
  private final String forUpdate;
  private final String skipLocked;

  /**
   * Keeps it in that database.
   *
   * @param sinks whom the operator wants told beside
   */
  public JdbcOutbox(Database database, Ids ids, List<Sink> sinks) {
    this.database = database;
    this.forUpdate = database.embedded() ? "" : " for update";
    this.skipLocked = database.embedded() ? "" : " for update skip locked";
    this.unusedLanes = new UnusedLanes(database, sinks);
    this.fanOut = new FanOut(ids, sinks, skipLocked);
  }

  @Override
  public boolean anything(long now) {
    return database.read(
        handle -> handle.createQuery(ANYTHING).bind("now", now).mapTo(Integer.class).one() == 1);
  }

  @Override
  public List<Lane> turn(
      List<Settlement> settled, int healthy, int suspect, String lease, long now) {
    if (database.embedded()) {
      return database.write(
          handle -> {
            settle(handle, settled, now);
            fanOut.run(handle, now);
            return lease(handle, healthy, suspect, lease, now);
          });
    }
    if (!settled.isEmpty()) {
      database.write(
          handle -> {
            settle(handle, settled, now);
            return 0;
          });
    }
    database.write(
        handle -> {
          fanOut.run(handle, now);
          return 0;
        });
    return database.write(handle -> lease(handle, healthy, suspect, lease, now));
  }

  private void settle(Handle handle, List<Settlement> settled, long now) {
    // In one order, so that two nodes do not wait for each other.
    settled.stream()
        .sorted(Comparator.comparing(one -> one.lane().id()))
        .forEach(one -> SettledRows.write(handle, one, forUpdate, now));
  }

  private List<Lane> lease(Handle handle, int healthy, int suspect, String lease, long now) {
    List<Lane> lanes = new ArrayList<>(due(handle, 0, healthy, lease, now));
    lanes.addAll(due(handle, 1, suspect, lease, now));
    for (Lane lane : lanes) {
      handle.execute(
          "update notification_lane set lease = ?, lease_ticks = ? where lane_id = ?",
          lease,
          now + LEASED,
          lane.id());
    }
    return lanes;
  }

  private List<Lane> due(Handle handle, int suspect, int most, String lease, long now) {
    if (most <= 0) {
      return List.of();
    }
    return handle
        .createQuery(DUE + skipLocked)
        .bind("suspect", suspect)
        .bind("now", now)
        .bind("most", most)
        .map((row, context) -> toLane(row, lease))
        .list();
  }

  static Lane toLane(ResultSet row, String lease) throws SQLException {
    return new Lane(
        row.getString("lane_id"),
        UUID.fromString(row.getString("tenant_id")),
        row.getString("app_id"),
        Lane.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("url"),
        row.getInt("failures"),
        lease);
  }

  @Override
  public List<Waiting> waiting(Lane lane, int most, long now) {
    return database.read(handle -> new WaitingRows(handle).of(lane, most, now));
  }

  @Override
  public void begin(long now) {
    database.write(
        handle -> {
          fanOut.begin(handle);
          return database.embedded()
              ? handle.execute(
                  "update notification_lane set lease = null, lease_ticks = 0"
                      + " where lease_ticks > 0")
              : 0;
        });
  }

  @Override
  public void tidy(long now) {
    List<UUID> over =
        database.read(
            handle ->
                handle
                    .createQuery(OVER)
                    .bind("before", now - KEPT_AFTER_END)
                    .mapTo(String.class)
                    .map(UUID::fromString)
                    .list());
    for (UUID id : over) {
      database.write(handle -> JdbcSubscriptions.forget(handle, id));
    }
    giveUpHeld(now);
    unusedLanes.remove(now);
    database.write(
        handle ->
            handle.execute(
                    "delete from notification_attempt where at_ticks < ?", now - ATTEMPTS_KEPT)
                + handle.execute(
                    "delete from notification_dead where died_ticks < ?", now - DEAD_KEPT));
  }

  /** What waited in vain for its owner to authorize is given up as what no endpoint took. */
  private void giveUpHeld(long now) {
    List<Lane> lanes =
        database.read(
            handle ->
                handle
                    .createQuery(HELD)
                    .bind("before", now - KEPT_AFTER_END)
                    .bind("now", now)
                    .map((row, context) -> toLane(row, ""))
                    .list());
    for (Lane lane : lanes) {
      database.write(handle -> SettledRows.giveUpHeld(handle, lane, now - KEPT_AFTER_END, now));
    }
  }
}
