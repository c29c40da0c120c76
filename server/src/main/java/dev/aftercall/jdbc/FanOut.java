package dev.aftercall.jdbc;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.notification.Event;
import dev.aftercall.notification.Sink;
import dev.aftercall.notification.Topic;
import dev.aftercall.recording.Artifact;
import dev.aftercall.time.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Turns changes into notifications, one a subscriber. The tenant's position moves in the same
 * transaction, so that none is turned twice or left out, whenever the process ends.
 */
final class FanOut {
  private static final int TENANTS = 50;
  private static final int CHANGES = 500;
  private static final int CHALLENGES = 500;

  static final String BEHIND =
      "select t.tenant_id, t.position from notification_tenant t"
          + " join change_counter c on c.tenant_id = t.tenant_id and c.position > t.position"
          + " order by t.tenant_id limit :most";

  static final String CHANGED =
      "select c.position, c.kind, c.what, c.at_ticks, m.* from artifact_change c"
          + " join meeting m on m.meeting_key = c.meeting_key"
          + " where c.tenant_id = :tenant and c.position > :after order by c.position limit :most";

  static final String SUBSCRIBED =
      "select subscription_id, lane_id from subscription where tenant_id = :tenant"
          + " and topic in (<topics>) and from_position < :position and expires_ticks > :at";

  static final String CHALLENGED =
      "select subscription_id from subscription where challenge_ticks <= :now"
          + " order by challenge_ticks limit :most";

  private final Ids ids;
  private final List<Sink> sinks;
  private final String skipLocked;

  FanOut(Ids ids, List<Sink> sinks, String skipLocked) {
    this.ids = ids;
    this.sinks = List.copyOf(sinks);
    this.skipLocked = skipLocked.isEmpty() ? "" : " for update of t skip locked";
  }

  /** A change to tell of. */
  record Change(long position, Artifact.Kind kind, boolean added, long at, Meeting meeting) {
    static Change of(ResultSet row, StatementContext context) throws SQLException {
      return new Change(
          row.getLong("position"),
          Artifact.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
          row.getString("what").equals(ChangeSequence.ADDED),
          row.getLong("at_ticks"),
          MeetingRows.meeting(row, context));
    }

    List<String> topics() {
      return Topic.keys(kind, meeting);
    }
  }

  private record Behind(String tenant, long position) {}

  /** Before the first turn: what a tenant has before its first sink is told to none. */
  void begin(Handle handle) {
    sinks.stream()
        .map(Sink::tenant)
        .distinct()
        .sorted()
        .forEach(tenant -> JdbcSubscriptions.lock(handle, tenant));
  }

  void run(Handle handle, long now) {
    List<Behind> behind =
        handle
            .createQuery(BEHIND + skipLocked)
            .bind("most", TENANTS)
            .map((row, context) -> new Behind(row.getString(1), row.getLong(2)))
            .list();
    Set<String> woken = new TreeSet<>();
    for (Behind one : behind) {
      tell(handle, one, woken, now);
    }
    challenge(handle, woken, now);
    LaneRows.wake(handle, woken, now);
  }

  private void tell(Handle handle, Behind behind, Set<String> woken, long now) {
    List<Change> changes =
        handle
            .createQuery(CHANGED)
            .bind("tenant", behind.tenant())
            .bind("after", behind.position())
            .bind("most", CHANGES)
            .map(Change::of)
            .list();
    if (changes.isEmpty()) {
      return;
    }
    List<Told> told = sinksOf(handle, behind.tenant());
    PreparedBatch batch = LaneRows.entering(handle);
    for (Change change : changes) {
      if (change.added()) {
        subscribers(handle, behind.tenant(), change, told, batch, woken, now);
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
    handle.execute(
        "update notification_tenant set position = ? where tenant_id = ?",
        changes.getLast().position(),
        behind.tenant());
  }

  private void subscribers(
      Handle handle,
      String tenant,
      Change change,
      List<Told> told,
      PreparedBatch batch,
      Set<String> woken,
      long now) {
    handle
        .createQuery(SUBSCRIBED)
        .bind("tenant", tenant)
        .bindList("topics", change.topics())
        .bind("position", change.position())
        .bind("at", change.at())
        .map((row, context) -> List.of(row.getString(1), row.getString(2)))
        .forEach(hit -> enter(batch, woken, hit.get(1), change.position(), hit.get(0), now));
    for (Told one : told) {
      enter(batch, woken, one.lane(), change.position(), one.sink().key(), now);
    }
  }

  private record Told(Sink sink, String lane) {}

  private List<Told> sinksOf(Handle handle, String tenant) {
    List<Told> told = new ArrayList<>();
    for (Sink sink : sinks) {
      if (sink.tenant().toString().equals(tenant)) {
        told.add(
            new Told(
                sink,
                JdbcSubscriptions.lane(handle, ids, sink.tenant(), "", sink.kind(), sink.name())));
      }
    }
    return told;
  }

  private static void enter(
      PreparedBatch batch,
      Set<String> woken,
      String lane,
      long position,
      String subscription,
      long now) {
    batch.add(lane, position, subscription, Event.CREATED.word(), now);
    woken.add(lane);
  }

  /** Owners are asked once to authorize what ends soon. */
  private static void challenge(Handle handle, Set<String> woken, long now) {
    List<String> due =
        handle
            .createQuery(CHALLENGED)
            .bind("now", now)
            .bind("most", CHALLENGES)
            .mapTo(String.class)
            .list();
    for (String id : due) {
      int ours =
          handle.execute(
              "update subscription set challenge_ticks = null"
                  + " where subscription_id = ? and challenge_ticks <= ?",
              id,
              now);
      if (ours == 1) {
        LaneRows.enterLifecycle(handle, id, Event.REAUTHORIZATION_REQUIRED, now)
            .ifPresent(woken::add);
      }
    }
  }
}
