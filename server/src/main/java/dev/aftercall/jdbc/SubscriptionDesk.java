package dev.aftercall.jdbc;

import dev.aftercall.notification.Event;
import dev.aftercall.notification.Settlement.Attempt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What an operator sees of a tenant's subscriptions, and does about them. */
public final class SubscriptionDesk {
  private static final int CHANGES = 1_000;

  private static final String COUNTS =
      """
      , (select count(*) from notification n where n.lane_id = k.lane_id
            and n.subscription_id = k.subscriber) as waiting,
        (select count(*) from notification_dead d
          where d.subscription_id = k.subscriber) as dead
      """;

  static final String SUBSCRIPTIONS =
      "select k.*"
          + COUNTS
          + """
             from (select s.subscription_id as subscriber, s.lane_id, s.app_id, s.resource, s.url,
                          s.lifecycle_url, s.topic, s.created_ticks, l.failures,
                          coalesce(s.ended_ticks, s.expires_ticks) as expires_ticks
                     from subscription s join notification_lane l on l.lane_id = s.lane_id
                    where s.tenant_id = :tenant) k
            order by k.created_ticks, k.subscriber
            """;

  static final String SINKS =
      "select k.*"
          + COUNTS
          + """
             from (select case kind when 'kafka' then 'kafka/' else 'webhook/' end || url
                            as subscriber,
                          lane_id, '' as app_id, 'everything' as resource, '' as url,
                          null as lifecycle_url, null as topic, 0 as expires_ticks, failures
                     from notification_lane
                    where tenant_id = :tenant and app_id = ''
                      and kind in ('cloudevents', 'kafka')) k
            order by k.subscriber
            """;

  private final Database database;
  private final UUID tenant;

  /** Looks at one tenant. */
  public SubscriptionDesk(Database database, UUID tenant) {
    this.database = database;
    this.tenant = tenant;
  }

  /**
   * Somebody who is told, and how that goes.
   *
   * @param id a subscription's, or a sink's key
   * @param app empty for sinks
   * @param url where it is told; empty for sinks, whose settings say it
   * @param lifecycleUrl where a subscription's own fate is told
   * @param topic what it hears of; empty for everything
   * @param ends ticks; empty for sinks, which never end
   * @param waiting notifications
   * @param dead notifications that were given up
   * @param failures of its endpoint, in a row
   */
  public record Standing(
      String id,
      String lane,
      String app,
      String resource,
      String url,
      Optional<String> lifecycleUrl,
      Optional<String> topic,
      Optional<Long> ends,
      long waiting,
      long dead,
      int failures) {}

  /** All of them, the oldest first, ended ones too while something waits for them; then sinks. */
  public List<Standing> all() {
    return database.read(
        handle -> {
          List<Standing> all = new ArrayList<>(standings(handle, SUBSCRIPTIONS));
          all.addAll(standings(handle, SINKS));
          return all;
        });
  }

  private List<Standing> standings(Handle handle, String sql) {
    return handle
        .createQuery(sql)
        .bind("tenant", tenant.toString())
        .map((row, context) -> standing(row))
        .list();
  }

  private static Standing standing(ResultSet row) throws SQLException {
    long ends = row.getLong("expires_ticks");
    return new Standing(
        row.getString("subscriber"),
        row.getString("lane_id"),
        row.getString("app_id"),
        row.getString("resource"),
        row.getString("url"),
        Optional.ofNullable(row.getString("lifecycle_url")),
        Optional.ofNullable(row.getString("topic")),
        ends == 0 ? Optional.empty() : Optional.of(ends),
        row.getLong("waiting"),
        row.getLong("dead"),
        row.getInt("failures"));
  }

  /** One of them. */
  public Optional<Standing> find(String id) {
    return all().stream().filter(one -> one.id().equals(id)).findFirst();
  }

  /** Its newest attempts, the newest first. */
  public List<Attempt> attempts(String id, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from notification_attempt where subscription_id = :id"
                        + " order by at_ticks desc limit :most")
                .bind("id", id)
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Attempt(
                            row.getString("subscription_id"),
                            row.getLong("at_ticks"),
                            row.getInt("number"),
                            row.getInt("items"),
                            row.getString("outcome"),
                            row.getLong("millis")))
                .list());
  }

  /**
   * What was given up.
   *
   * @param about {@code recording} or {@code transcript} and its key; empty for other events
   * @param entered ticks
   * @param died ticks
   * @param reason what the last try came to
   */
  public record DeadLetter(String event, String about, long entered, long died, String reason) {}

  /** What was given up of it, the newest first. */
  public List<DeadLetter> dead(String id, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select d.*, c.kind, c.artifact_id from notification_dead d"
                        + " left join artifact_change c on c.tenant_id = :tenant"
                        + " and c.position = d.position and d.event = 'created'"
                        + " where d.subscription_id = :id order by d.position desc limit :most")
                .bind("tenant", tenant.toString())
                .bind("id", id)
                .bind("most", most)
                .map((row, context) -> deadLetter(row))
                .list());
  }

  private static DeadLetter deadLetter(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return new DeadLetter(
        row.getString("event"),
        kind == null ? "" : kind + " " + row.getString("artifact_id"),
        row.getLong("entered_ticks"),
        row.getLong("died_ticks"),
        row.getString("reason"));
  }

  /**
   * Ends a subscription: nothing more is told, what waits is dropped, and its owner hears of that
   * where a subscription's own fate is told.
   *
   * @param now ticks
   * @return whether there was one to end
   */
  public boolean remove(String id, long now) {
    return database.write(
        handle -> {
          // It stays until it would have ended, so that its end can be told; no change comes after
          // the position that it now begins at.
          int ours =
              handle.execute(
                  "update subscription set ended_ticks = ?, challenge_ticks = null,"
                      + " from_position = ? where subscription_id = ? and tenant_id = ?"
                      + " and ended_ticks is null",
                  now,
                  Long.MAX_VALUE,
                  id,
                  tenant.toString());
          if (ours == 1) {
            handle.execute(
                "delete from notification where lane_id ="
                    + " (select lane_id from subscription where subscription_id = ?)"
                    + " and subscription_id = ?",
                id,
                id);
            LaneRows.wake(
                handle,
                LaneRows.enterLifecycle(handle, id, Event.SUBSCRIPTION_REMOVED, now).stream()
                    .toList(),
                now);
          }
          return ours == 1;
        });
  }

  /**
   * Tells a subscriber again of everything that became visible since then; what was given up of it
   * is no longer dead.
   *
   * @param since ticks
   * @param now ticks
   * @return how many notifications wait on that account
   */
  public int replay(Standing subscriber, long since, long now) {
    long after = 0;
    int entered = 0;
    while (true) {
      long from = after;
      List<FanOut.Change> changes =
          database.read(
              handle ->
                  handle
                      .createQuery(FanOut.CHANGED)
                      .bind("tenant", tenant.toString())
                      .bind("after", from)
                      .bind("most", CHANGES)
                      .map(FanOut.Change::of)
                      .list());
      if (changes.isEmpty()) {
        return entered;
      }
      after = changes.getLast().position();
      List<FanOut.Change> wanted =
          changes.stream()
              .filter(change -> change.added() && change.at() >= since)
              .filter(change -> subscriber.topic().map(change.topics()::contains).orElse(true))
              .toList();
      entered += enter(subscriber, wanted, now);
    }
  }

  private int enter(Standing subscriber, List<FanOut.Change> changes, long now) {
    if (changes.isEmpty()) {
      return 0;
    }
    return database.write(
        handle -> {
          PreparedBatch batch = LaneRows.entering(handle);
          for (FanOut.Change change : changes) {
            batch.add(
                subscriber.lane(), change.position(), subscriber.id(), Event.CREATED.word(), now);
            handle.execute(
                "delete from notification_dead where subscription_id = ? and position = ?",
                subscriber.id(),
                change.position());
          }
          batch.execute();
          LaneRows.wake(handle, List.of(subscriber.lane()), now);
          return changes.size();
        });
  }
}
