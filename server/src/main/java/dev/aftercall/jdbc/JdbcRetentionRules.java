package dev.aftercall.jdbc;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.retention.RetentionRule;
import dev.aftercall.retention.RetentionRule.Scope;
import dev.aftercall.retention.RuleKeeper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Retention rules in SQL. */
public final class JdbcRetentionRules implements RuleKeeper {
  private final Database database;

  /** Over that database. */
  public JdbcRetentionRules(Database database) {
    this.database = database;
  }

  @Override
  public List<RetentionRule> all(UUID tenant) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from retention_rule where tenant_id = :tenant order by name")
                .bind("tenant", tenant.toString())
                .map((row, context) -> rule(row))
                .list());
  }

  @Override
  public Optional<RetentionRule> find(UUID tenant, UUID id) {
    return database.read(handle -> find(handle, tenant, id));
  }

  private static Optional<RetentionRule> find(Handle handle, UUID tenant, UUID id) {
    return handle
        .createQuery("select * from retention_rule where rule_id = :id and tenant_id = :tenant")
        .bind("id", id.toString())
        .bind("tenant", tenant.toString())
        .map((row, context) -> rule(row))
        .findOne();
  }

  private static RetentionRule rule(ResultSet row) throws SQLException {
    String value = row.getString("scope_value");
    Scope scope =
        switch (row.getString("scope")) {
          case "tag" -> new Scope.Tag(value);
          case "organizer" -> new Scope.Organizer(UUID.fromString(value));
          case "group" -> new Scope.Group(UUID.fromString(value), row.getInt("group_rank"));
          case "meeting_type" ->
              new Scope.Meetings(MeetingType.valueOf(value.toUpperCase(Locale.ROOT)));
          default -> new Scope.Tenant();
        };
    int days = row.getInt("days");
    boolean limited = !row.wasNull();
    return new RetentionRule(
        UUID.fromString(row.getString("rule_id")),
        row.getString("name"),
        scope,
        limited ? Optional.of(days) : Optional.empty(),
        row.getLong("version"));
  }

  @Override
  public void make(UUID tenant, RetentionRule rule) {
    database.write(
        handle -> {
          JdbcTrash.pass(handle, tenant);
          return insert(handle, tenant, rule, 1);
        });
  }

  private static int insert(Handle handle, UUID tenant, RetentionRule rule, long version) {
    int made =
        bind(
                handle.createUpdate(
                    """
                    insert into retention_rule (rule_id, tenant_id, name, scope, scope_value,
                        group_rank, days, version)
                    values (:id, :tenant, :name, :scope, :value, :rank, :days, :version)
                    on conflict do nothing
                    """),
                tenant,
                rule)
            .bind("version", version)
            .execute();
    if (made != 1) {
      throw new ChangeRefused(
          ChangeRefused.Reason.CONFLICT,
          "Another retention rule has this name, is for the same, or has this group rank.",
          "See /admin/v1/retentionRules; change that rule, or choose another name or rank.");
    }
    return made;
  }

  @Override
  public void replace(UUID tenant, RetentionRule rule, Precondition precondition) {
    database.write(
        handle -> {
          JdbcTrash.pass(handle, tenant);
          long version = stand(handle, tenant, rule.id(), precondition);
          // An update has no "on conflict".
          handle.execute("delete from retention_rule where rule_id = ?", rule.id().toString());
          return insert(handle, tenant, rule, version + 1);
        });
  }

  private static long stand(Handle handle, UUID tenant, UUID id, Precondition precondition) {
    long version =
        find(handle, tenant, id)
            .orElseThrow(
                () ->
                    ChangeRefused.notFound(
                        "There is no retention rule with this id.",
                        "See /admin/v1/retentionRules."))
            .version();
    precondition.check(OptionalLong.of(version));
    return version;
  }

  private static Update bind(Update update, UUID tenant, RetentionRule rule) {
    return update
        .bind("id", rule.id().toString())
        .bind("tenant", tenant.toString())
        .bind("name", rule.name())
        .bind("scope", word(rule.scope()))
        .bind("value", value(rule.scope()))
        .bind("rank", rule.scope() instanceof Scope.Group group ? group.rank() : 0)
        .bind("days", rule.days().orElse(null));
  }

  private static String word(Scope scope) {
    return switch (scope) {
      case Scope.Tag tag -> "tag";
      case Scope.Organizer organizer -> "organizer";
      case Scope.Group group -> "group";
      case Scope.Meetings meetings -> "meeting_type";
      case Scope.Tenant tenant -> "tenant";
    };
  }

  private static String value(Scope scope) {
    return switch (scope) {
      case Scope.Tag(String tag) -> tag;
      case Scope.Organizer(UUID person) -> person.toString();
      case Scope.Group(UUID group, int rank) -> group.toString();
      case Scope.Meetings(MeetingType type) -> type.wire();
      case Scope.Tenant tenant -> "";
    };
  }

  @Override
  public void remove(UUID tenant, UUID id, Precondition precondition) {
    database.write(
        handle -> {
          JdbcTrash.pass(handle, tenant);
          stand(handle, tenant, id, precondition);
          return handle.execute("delete from retention_rule where rule_id = ?", id.toString());
        });
  }
}
