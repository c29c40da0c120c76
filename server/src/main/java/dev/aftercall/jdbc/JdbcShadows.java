package dev.aftercall.jdbc;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.shadow.Difference;
import dev.aftercall.shadow.Shadows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Proposals that are tried, and what they would have changed, in SQL. */
public final class JdbcShadows implements Shadows {
  private final Database database;
  private final RuleChanges changes;

  /** Keeps them in that database. */
  public JdbcShadows(Database database) {
    this.database = database;
    this.changes = new RuleChanges(database);
  }

  @Override
  public Optional<Versioned<Shadow>> find(UUID tenant) {
    return database.read(handle -> find(handle, tenant));
  }

  private static Optional<Versioned<Shadow>> find(Handle handle, UUID tenant) {
    return handle
        .createQuery("select * from shadow_rules where tenant_id = :tenant")
        .bind("tenant", tenant.toString())
        .map(
            (row, context) ->
                new Versioned<>(
                    new Shadow(
                        row.getString("operations"),
                        row.getLong("since_ticks"),
                        row.getLong("dropped")),
                    row.getLong("version")))
        .findOne();
  }

  /** Plain JDBC: asked at every start, which shall not wait for JDBI to get going. */
  @Override
  public Map<UUID, String> all() {
    Map<UUID, String> all = new HashMap<>();
    try (Connection connection = database.readConnection();
        PreparedStatement statement =
            connection.prepareStatement("select tenant_id, operations from shadow_rules");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        all.put(UUID.fromString(row.getString(1)), row.getString(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Reading the shadow rules failed.", e);
    }
    return all;
  }

  @Override
  public Versioned<Shadow> put(
      UUID tenant, String operations, Precondition precondition, long now) {
    return changes.change(
        (handle, version) -> {
          Optional<Versioned<Shadow>> before = find(handle, tenant);
          precondition.check(RuleChanges.version(before));
          handle.execute("delete from shadow_difference where tenant_id = ?", tenant.toString());
          handle.execute(
              "insert into shadow_rules (tenant_id, operations, since_ticks, dropped, version)"
                  + " values (?, ?, ?, 0, ?) on conflict (tenant_id) do update set operations ="
                  + " excluded.operations, since_ticks = excluded.since_ticks, dropped = 0,"
                  + " version = excluded.version",
              tenant.toString(),
              operations,
              now,
              version);
          return find(handle, tenant).orElseThrow();
        });
  }

  @Override
  public void end(UUID tenant, Precondition precondition) {
    changes.change(
        (handle, version) -> {
          Versioned<Shadow> before =
              find(handle, tenant)
                  .orElseThrow(
                      () ->
                          ChangeRefused.notFound(
                              "No shadow rules are tried in this tenant.",
                              "Begin with PUT /admin/v1/shadow."));
          precondition.check(OptionalLong.of(before.version()));
          return handle.execute("delete from shadow_rules where tenant_id = ?", tenant.toString());
        });
  }

  @Override
  public void add(Map<Difference, Long> counts, long now) {
    database.write(
        handle -> {
          counts.forEach((difference, count) -> add(handle, difference, count, now));
          return counts;
        });
  }

  private static void add(Handle handle, Difference difference, long count, long now) {
    String tenant = difference.tenant().toString();
    boolean known =
        handle.execute(
                "update shadow_difference set amount = amount + ?, last_seen_ticks = ?"
                    + " where tenant_id = ? and difference_key = ?",
                count,
                now,
                tenant,
                difference.key())
            == 1;
    if (known) {
      return;
    }
    int inserted =
        handle
            .createUpdate(
                "insert into shadow_difference (tenant_id, difference_key, app_id, person_id,"
                    + " action, decided, shadow, amount, first_seen_ticks, last_seen_ticks)"
                    + " select :tenant, :key, :app, :person, :action, :decided, :shadow, :count,"
                    + " :now, :now where (select count(*) from shadow_difference"
                    + " where tenant_id = :tenant) < :most"
                    + " on conflict (tenant_id, difference_key) do update set"
                    + " amount = shadow_difference.amount + excluded.amount,"
                    + " last_seen_ticks = excluded.last_seen_ticks")
            .bind("tenant", tenant)
            .bind("key", difference.key())
            .bind("app", difference.appId())
            .bind("person", difference.person())
            .bind("action", difference.action())
            .bind("decided", difference.decided())
            .bind("shadow", difference.shadow())
            .bind("count", count)
            .bind("now", now)
            .bind("most", MOST)
            .execute();
    if (inserted == 0) {
      handle.execute(
          "update shadow_rules set dropped = dropped + ? where tenant_id = ?", count, tenant);
    }
  }

  @Override
  public Page<Difference.Counted> differences(UUID tenant, Paging paging) {
    return Page.of(
        database.read(
            handle ->
                handle
                    .createQuery(
                        "select * from shadow_difference where tenant_id = :tenant"
                            + " and difference_key > :after order by difference_key limit :most")
                    .bind("tenant", tenant.toString())
                    .bind("after", paging.after().orElse(""))
                    .bind("most", paging.top() + 1)
                    .map(
                        (row, context) ->
                            new Difference.Counted(
                                new Difference(
                                    tenant,
                                    row.getString("app_id"),
                                    row.getString("person_id"),
                                    row.getString("action"),
                                    row.getString("decided"),
                                    row.getString("shadow")),
                                row.getLong("amount"),
                                row.getLong("first_seen_ticks"),
                                row.getLong("last_seen_ticks")))
                    .list()),
        paging);
  }
}
