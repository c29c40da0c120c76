package dev.aftercall.jdbc;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.query.FilterJson;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Hold;
import dev.aftercall.retention.Holds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Legal holds in SQL. */
public final class JdbcHolds implements Holds {
  private final Database database;

  /** Over that database. */
  public JdbcHolds(Database database) {
    this.database = database;
  }

  static List<Hold> standing(Handle handle, UUID tenant) {
    return list(handle, tenant, " and released_ticks is null");
  }

  private static List<Hold> list(Handle handle, UUID tenant, String which) {
    return handle
        .createQuery(
            "select * from legal_hold where tenant_id = :tenant"
                + which
                + " order by placed_ticks desc, hold_id")
        .bind("tenant", tenant.toString())
        .map((row, context) -> hold(row))
        .list();
  }

  @Override
  public List<Hold> all(UUID tenant, boolean released) {
    return database.read(handle -> released ? list(handle, tenant, "") : standing(handle, tenant));
  }

  @Override
  public Optional<Hold> find(UUID tenant, UUID id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from legal_hold where hold_id = :id and tenant_id = :tenant")
                .bind("id", id.toString())
                .bind("tenant", tenant.toString())
                .map((row, context) -> hold(row))
                .findOne());
  }

  private static Hold hold(ResultSet row) throws SQLException {
    String value = row.getString("scope_value");
    Hold.Scope scope =
        switch (row.getString("scope")) {
          case "person" -> new Hold.Scope.Person(UUID.fromString(value));
          case "meeting" -> new Hold.Scope.OfMeeting(UUID.fromString(value));
          case "query" -> new Hold.Scope.Query(value, FilterJson.read(row.getString("condition")));
          default -> new Hold.Scope.Tenant();
        };
    long released = row.getLong("released_ticks");
    boolean over = !row.wasNull();
    return new Hold(
        UUID.fromString(row.getString("hold_id")),
        UUID.fromString(row.getString("tenant_id")),
        row.getString("name"),
        row.getString("description"),
        scope,
        row.getLong("placed_ticks"),
        row.getString("placed_by"),
        over
            ? Optional.of(new Hold.Release(released, row.getString("released_by")))
            : Optional.empty(),
        row.getLong("version"));
  }

  @Override
  public List<ArchiveItem> place(Hold hold) {
    return database.write(
        handle -> {
          JdbcTrash.pass(handle, hold.tenant());
          if (!insert(handle, hold)) {
            throw new ChangeRefused(
                ChangeRefused.Reason.CONFLICT,
                "Another hold stands under the name '" + hold.name() + "'.",
                "Choose another name, or release that one first.");
          }
          List<UUID> purging =
              handle
                  .createQuery(
                      "select artifact_id from trash where tenant_id = :tenant and phase = 'purging'")
                  .bind("tenant", hold.tenant().toString())
                  .mapTo(String.class)
                  .map(UUID::fromString)
                  .list();
          return ItemRows.of(handle, purging).stream().filter(hold::covers).toList();
        });
  }

  private static boolean insert(Handle handle, Hold hold) {
    Map<String, String> words =
        switch (hold.scope()) {
          case Hold.Scope.Person(UUID person) -> words("person", person.toString(), "");
          case Hold.Scope.OfMeeting(UUID key) -> words("meeting", key.toString(), "");
          case Hold.Scope.Tenant tenant -> words("tenant", "", "");
          case Hold.Scope.Query(String text, var filter) ->
              words("query", text, FilterJson.write(filter));
        };
    return handle
            .createUpdate(
                """
                insert into legal_hold (hold_id, tenant_id, name, description, scope, scope_value,
                    condition, placed_ticks, placed_by, version)
                values (:id, :tenant, :name, :description, :scope, :value, :condition, :placed, :by,
                    :version)
                on conflict do nothing
                """)
            .bind("id", hold.id().toString())
            .bind("tenant", hold.tenant().toString())
            .bind("name", hold.name())
            .bind("description", hold.description())
            .bindMap(words)
            .bind("placed", hold.placed())
            .bind("by", hold.placedBy())
            .bind("version", hold.version())
            .execute()
        == 1;
  }

  private static Map<String, String> words(String scope, String value, String condition) {
    return Map.of("scope", scope, "value", value, "condition", condition);
  }

  @Override
  public void release(UUID tenant, UUID id, Hold.Release release, Precondition precondition) {
    database.write(
        handle -> {
          JdbcTrash.pass(handle, tenant);
          Hold known =
              standing(handle, tenant).stream()
                  .filter(it -> it.id().equals(id))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          ChangeRefused.notFound(
                              "No hold with this id stands.", "See /admin/v1/holds."));
          precondition.check(OptionalLong.of(known.version()));
          return handle.execute(
              "update legal_hold set released_ticks = ?, released_by = ?, version = version + 1"
                  + " where hold_id = ?",
              release.at(),
              release.by(),
              id.toString());
        });
  }

  @Override
  public List<UUID> tenants() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select tenant_id from legal_hold where released_ticks is null"
                        + " union select tenant_id from object_lock")
                .mapTo(String.class)
                .map(UUID::fromString)
                .list());
  }

  @Override
  public List<UUID> locked(UUID tenant, Optional<UUID> after, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select artifact_id from object_lock where tenant_id = :tenant"
                        + " and artifact_id > :after order by artifact_id limit :most")
                .bind("tenant", tenant.toString())
                .bind("after", after.map(UUID::toString).orElse(""))
                .bind("most", most)
                .mapTo(String.class)
                .map(UUID::fromString)
                .list());
  }

  @Override
  public List<UUID> locked(List<UUID> artifacts) {
    return artifacts.isEmpty()
        ? List.of()
        : database.read(
            handle ->
                handle
                    .createQuery("select artifact_id from object_lock where artifact_id in (<ids>)")
                    .bindList("ids", artifacts.stream().map(UUID::toString).toList())
                    .mapTo(String.class)
                    .map(UUID::fromString)
                    .list());
  }

  @Override
  public void noteLock(UUID tenant, UUID artifact, boolean on) {
    database.write(
        handle ->
            on
                ? handle.execute(
                    "insert into object_lock (artifact_id, tenant_id) values (?, ?)"
                        + " on conflict do nothing",
                    artifact.toString(),
                    tenant.toString())
                : handle.execute(
                    "delete from object_lock where artifact_id = ?", artifact.toString()));
  }
}
