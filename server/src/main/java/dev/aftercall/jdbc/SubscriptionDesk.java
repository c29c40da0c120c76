package dev.aftercall.jdbc;

import dev.aftercall.notification.Event;
import dev.aftercall.notification.Settlement.Attempt;
import dev.aftercall.notification.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What an operator sees of a tenant's subscriptions, and does about them. */
public final class SubscriptionDesk {
  private static final int CHANGES = 1_000;

  private final Database database;
  private final UUID tenant;

  /** Looks at one tenant. */
  public SubscriptionDesk(Database database, UUID tenant) {
    this.database = database;
    this.tenant = tenant;
  }

  /**
   * A subscription and how it does.
   *
   * @param waiting notifications
   * @param dead notifications that were given up
   * @param failures of its endpoint, in a row
   */
  public record Standing(Subscription subscription, long waiting, long dead, int failures) {}

  /** All of them, the oldest first, ended ones too while something waits for them. */
  public List<Standing> all() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select s.*, l.failures,
                           (select count(*) from notification n where n.lane_id = s.lane_id
                               and n.subscription_id = s.subscription_id) as waiting,
                           (select count(*) from notification_dead d
                             where d.subscription_id = s.subscription_id) as dead
                      from subscription s join notification_lane l on l.lane_id = s.lane_id
                     where s.tenant_id = :tenant order by s.created_ticks, s.subscription_id
                    """)
                .bind("tenant", tenant.toString())
                .map(
                    (row, context) ->
                        new Standing(
                            SubscriptionRows.of(row),
                            row.getLong("waiting"),
                            row.getLong("dead"),
                            row.getInt("failures")))
                .list());
  }

  /** One of them. */
  public Optional<Standing> find(UUID id) {
    return all().stream().filter(one -> one.subscription().id().equals(id)).findFirst();
  }

  /** Its newest attempts, the newest first. */
  public List<Attempt> attempts(UUID id, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from notification_attempt where subscription_id = :id"
                        + " order by at_ticks desc limit :most")
                .bind("id", id.toString())
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
   * Tells a subscriber again of everything that became visible since then; what was given up of it
   * is no longer dead.
   *
   * @param since ticks
   * @param now ticks
   * @return how many notifications wait on that account
   */
  public int replay(Subscription subscription, long since, long now) {
    String id = subscription.id().toString();
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
              .filter(change -> change.topics().contains(subscription.topic().key()))
              .toList();
      entered += enter(id, wanted, now);
    }
  }

  private int enter(String id, List<FanOut.Change> changes, long now) {
    if (changes.isEmpty()) {
      return 0;
    }
    return database.write(
        handle -> {
          String lane =
              handle
                  .createQuery("select lane_id from subscription where subscription_id = :id")
                  .bind("id", id)
                  .mapTo(String.class)
                  .one();
          PreparedBatch batch = LaneRows.entering(handle);
          for (FanOut.Change change : changes) {
            batch.add(lane, change.position(), id, Event.CREATED.word(), now);
            handle.execute(
                "delete from notification_dead where subscription_id = ? and position = ?",
                id,
                change.position());
          }
          batch.execute();
          LaneRows.wake(handle, List.of(lane), now);
          return changes.size();
        });
  }
}
