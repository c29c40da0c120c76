package dev.aftercall.jdbc;

import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.notification.Event;
import dev.aftercall.notification.Lane;
import dev.aftercall.notification.Subscription;
import dev.aftercall.notification.Told;
import dev.aftercall.notification.Waiting;
import dev.aftercall.recording.Artifact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What waits in a lane, with all that is told of it. */
final class WaitingRows {
  static final String IN_LANE =
      "select n.position, n.event, n.entered_ticks, n.subscription_id as subscriber,"
          + " c.kind as told_kind, c.artifact_id as told_artifact,"
          + " c.at_ticks as told_at, s.* from notification n"
          + " left join artifact_change c"
          + " on c.tenant_id = :tenant and c.position = n.position and n.event = 'created'"
          + JdbcOutbox.TELLABLE
          + " order by n.position, n.subscription_id limit :most";

  private final Handle handle;
  private final Map<UUID, Optional<Told>> found = new HashMap<>();

  WaitingRows(Handle handle) {
    this.handle = handle;
  }

  private record Row(
      Waiting.Key key,
      long entered,
      Optional<Subscription> subscription,
      Optional<Artifact.Kind> kind,
      Optional<UUID> artifact,
      long at) {}

  List<Waiting> of(Lane lane, int most, long now) {
    List<Row> rows =
        handle
            .createQuery(IN_LANE)
            .bind("tenant", lane.tenant().toString())
            .bind("lane", lane.id())
            .bind("now", now)
            .bind("most", most)
            .map((row, context) -> row(row))
            .list();
    List<Waiting> waiting = new ArrayList<>();
    for (Row row : rows) {
      waiting.add(
          new Waiting(row.key(), row.entered(), row.subscription(), told(lane.tenant(), row)));
    }
    return waiting;
  }

  private static Row row(ResultSet row) throws SQLException {
    boolean there = row.getString("subscription_id") != null;
    return new Row(
        new Waiting.Key(
            row.getLong("position"), row.getString("subscriber"), Event.of(row.getString("event"))),
        row.getLong("entered_ticks"),
        there ? Optional.of(SubscriptionRows.of(row)) : Optional.empty(),
        Optional.ofNullable(row.getString("told_kind"))
            .map(word -> Artifact.Kind.valueOf(word.toUpperCase(Locale.ROOT))),
        Optional.ofNullable(row.getString("told_artifact")).map(UUID::fromString),
        row.getLong("told_at"));
  }

  private Optional<Told> told(UUID tenant, Row row) {
    if (row.kind().isEmpty() || row.artifact().isEmpty()) {
      return Optional.empty();
    }
    Artifact.Kind kind = row.kind().get();
    Optional<Told> told =
        found.computeIfAbsent(
            row.artifact().get(), artifact -> find(tenant, kind, artifact, row.at()));
    Optional<Caller> owner = row.subscription().map(Subscription::owner);
    return owner.isPresent() && owner.get() instanceof Caller.User user
        ? told.map(it -> with(it, role(it.meeting(), user.oid())))
        : told;
  }

  private static Told with(Told told, Optional<Role> role) {
    return new Told(
        told.kind(),
        told.artifact(),
        told.callId(),
        told.contentCorrelationId(),
        told.created(),
        told.ended(),
        told.visible(),
        told.meeting(),
        role);
  }

  private Optional<Told> find(UUID tenant, Artifact.Kind kind, UUID artifact, long visible) {
    return handle
        .createQuery(
            "select r.call_id, r.content_correlation_id, r.created_ticks as began,"
                + " r.ended_ticks as ended, m.* from "
                + Database.word(kind)
                + " r join meeting m on m.meeting_key = r.meeting_key"
                + " where r.artifact_id = :artifact and r.tenant_id = :tenant"
                + " and m.deleted_ticks is null and r.held_in not in ('"
                + HeldIn.DELETED
                + "', '"
                + HeldIn.TRASH
                + "')")
        .bind("artifact", artifact.toString())
        .bind("tenant", tenant.toString())
        .map(
            (row, context) ->
                new Told(
                    kind,
                    artifact,
                    UUID.fromString(row.getString("call_id")),
                    row.getString("content_correlation_id"),
                    row.getLong("began"),
                    row.getLong("ended"),
                    visible,
                    MeetingRows.meeting(row, context),
                    Optional.empty()))
        .findOne();
  }

  private Optional<Role> role(Meeting meeting, UUID person) {
    return handle
        .createQuery(
            "select role from participant where meeting_key = :key and person_id = :person")
        .bind("key", meeting.key().toString())
        .bind("person", person.toString())
        .mapTo(String.class)
        .findOne()
        .flatMap(JdbcCatalogue::role);
  }
}
