package dev.aftercall.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.aftercall.arrival.AssignmentRule;
import dev.aftercall.arrival.AssignmentRule.Action;
import dev.aftercall.arrival.AssignmentRules;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Whose recordings are, as rules in SQL. */
public final class JdbcAssignmentRules implements AssignmentRules {

  private final Database database;

  /** Keeps them in that database. */
  public JdbcAssignmentRules(Database database) {
    this.database = database;
  }

  @Override
  public List<AssignmentRule> all(UUID tenant) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from assignment_rule where tenant_id = :tenant order by rank, name")
                .bind("tenant", tenant.toString())
                .map((row, context) -> rule(row))
                .list());
  }

  @Override
  public Optional<AssignmentRule> find(UUID tenant, String name) {
    return database.read(handle -> find(handle, tenant, name, ""));
  }

  private static Optional<AssignmentRule> find(
      Handle handle, UUID tenant, String name, String forUpdate) {
    return handle
        .createQuery(
            "select * from assignment_rule where tenant_id = :tenant and name = :name" + forUpdate)
        .bind("tenant", tenant.toString())
        .bind("name", name)
        .map((row, context) -> rule(row))
        .findOne();
  }

  private Optional<AssignmentRule> locked(Handle handle, UUID tenant, String name) {
    return find(handle, tenant, name, database.embedded() ? "" : " for update");
  }

  @Override
  public boolean put(UUID tenant, AssignmentRule rule, Precondition precondition) {
    return database.write(
        handle -> {
          Optional<AssignmentRule> stands = locked(handle, tenant, rule.name());
          precondition.check(version(stands));
          handle
              .createUpdate(
                  """
                  insert into assignment_rule (tenant_id, name, rank, source, room, meeting, action,
                      organizer_id, organizer_from, meeting_id, coorganizers, attendees, subject,
                      meeting_type, tags, version)
                  values (:tenant, :name, :rank, :source, :room, :meeting, :action, :organizer,
                      :from, :meetingId, :coorganizers, :attendees, :subject, :type, :tags, 1)
                  on conflict (tenant_id, name) do update set rank = excluded.rank,
                      source = excluded.source, room = excluded.room, meeting = excluded.meeting,
                      action = excluded.action, organizer_id = excluded.organizer_id,
                      organizer_from = excluded.organizer_from, meeting_id = excluded.meeting_id,
                      coorganizers = excluded.coorganizers, attendees = excluded.attendees,
                      subject = excluded.subject, meeting_type = excluded.meeting_type,
                      tags = excluded.tags, version = assignment_rule.version + 1
                  """)
              .bind("tenant", tenant.toString())
              .bind("name", rule.name())
              .bind("rank", rule.rank())
              .bind("source", rule.source().orElse(null))
              .bind("room", rule.room())
              .bind("meeting", rule.meeting())
              .bind("action", Database.word(rule.action()))
              .bind("organizer", rule.organizer().map(UUID::toString).orElse(null))
              .bind("from", rule.organizerFrom().orElse(null))
              .bind("meetingId", rule.meetingId().orElse(null))
              .bind("coorganizers", json(rule.coorganizers()))
              .bind("attendees", json(rule.attendees()))
              .bind("subject", rule.subject())
              .bind("type", rule.meetingType())
              .bind("tags", json(rule.tags()))
              .execute();
          return stands.isEmpty();
        });
  }

  private static OptionalLong version(Optional<AssignmentRule> rule) {
    return rule.isPresent() ? OptionalLong.of(rule.get().version()) : OptionalLong.empty();
  }

  @Override
  public void remove(UUID tenant, String name, Precondition precondition) {
    database.write(
        handle -> {
          Optional<AssignmentRule> stands = locked(handle, tenant, name);
          if (stands.isEmpty()) {
            throw ChangeRefused.notFound(
                "There is no rule named '" + name + "'.", "See the list of rules.");
          }
          precondition.check(version(stands));
          return handle.execute(
              "delete from assignment_rule where tenant_id = ? and name = ?",
              tenant.toString(),
              name);
        });
  }

  private static AssignmentRule rule(ResultSet row) throws SQLException {
    return new AssignmentRule(
        row.getString("name"),
        row.getInt("rank"),
        Optional.ofNullable(row.getString("source")),
        row.getString("room"),
        row.getString("meeting"),
        Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString("organizer_id")).map(UUID::fromString),
        Optional.ofNullable(row.getString("organizer_from")),
        Optional.ofNullable(row.getString("meeting_id")),
        list(row.getString("coorganizers"), new TypeReference<List<UUID>>() {}),
        list(row.getString("attendees"), new TypeReference<List<UUID>>() {}),
        row.getString("subject"),
        row.getString("meeting_type"),
        list(row.getString("tags"), new TypeReference<List<String>>() {}),
        row.getLong("version"));
  }

  private static String json(List<?> list) {
    try {
      return Json.MAPPER.writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list of ours cannot be written.", e);
    }
  }

  private static <T> List<T> list(String json, TypeReference<List<T>> type) {
    try {
      return Json.MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The catalogue holds a rule that cannot be read.", e);
    }
  }
}
