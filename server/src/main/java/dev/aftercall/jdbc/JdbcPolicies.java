package dev.aftercall.jdbc;

import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.Policies;
import dev.aftercall.ruling.Policy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Application access policies in SQL. */
public final class JdbcPolicies implements Policies {
  private final Database database;
  private final RuleChanges changes;

  /** Keeps them in that database. */
  public JdbcPolicies(Database database) {
    this.database = database;
    this.changes = new RuleChanges(database);
  }

  @Override
  public Page<Versioned<Policy>> list(UUID tenant, Paging paging) {
    return database.read(
        handle -> {
          List<Row> rows =
              handle
                  .createQuery(
                      "select name, description, version from access_policy"
                          + " where tenant_id = :tenant and name > :after order by name limit :most")
                  .bind("tenant", tenant.toString())
                  .bind("after", paging.after().orElse(""))
                  .bind("most", paging.top() + 1)
                  .map(
                      (row, context) -> new Row(row.getString(1), row.getString(2), row.getLong(3)))
                  .list();
          return Page.of(
              rows.stream().map(row -> row.policy(apps(handle, tenant, row.name()))).toList(),
              paging);
        });
  }

  private record Row(String name, String description, long version) {
    Versioned<Policy> policy(List<String> apps) {
      return new Versioned<>(new Policy(name, description, apps), version);
    }
  }

  private static List<String> apps(Handle handle, UUID tenant, String policy) {
    return handle
        .createQuery(
            "select app_id from access_policy_app where tenant_id = :tenant and name = :name"
                + " order by app_id")
        .bind("tenant", tenant.toString())
        .bind("name", policy)
        .mapTo(String.class)
        .list();
  }

  @Override
  public Optional<Versioned<Policy>> find(UUID tenant, String name) {
    return database.read(handle -> find(handle, tenant, name));
  }

  static Optional<Versioned<Policy>> find(Handle handle, UUID tenant, String name) {
    return handle
        .createQuery(
            "select name, description, version from access_policy"
                + " where tenant_id = :tenant and name = :name")
        .bind("tenant", tenant.toString())
        .bind("name", name)
        .map((row, context) -> new Row(row.getString(1), row.getString(2), row.getLong(3)))
        .findOne()
        .map(row -> row.policy(apps(handle, tenant, name)));
  }

  @Override
  public Saved put(UUID tenant, Policy policy, Precondition precondition) {
    return changes.change(
        (handle, version) -> {
          Optional<Versioned<Policy>> before = find(handle, tenant, policy.name());
          precondition.check(RuleChanges.version(before));
          return new Saved(save(handle, tenant, policy, version), before.isEmpty());
        });
  }

  @Override
  public Versioned<Policy> change(
      UUID tenant, String name, Precondition precondition, UnaryOperator<Policy> change) {
    return changes.change(
        (handle, version) -> {
          Versioned<Policy> before = existing(handle, tenant, name);
          precondition.check(OptionalLong.of(before.version()));
          return save(handle, tenant, change.apply(before.value()), version);
        });
  }

  private static Versioned<Policy> save(Handle handle, UUID tenant, Policy policy, long version) {
    handle.execute(
        "insert into access_policy (tenant_id, name, description, version) values (?, ?, ?, ?)"
            + " on conflict (tenant_id, name) do update"
            + " set description = excluded.description, version = excluded.version",
        tenant.toString(),
        policy.name(),
        policy.description(),
        version);
    handle.execute(
        "delete from access_policy_app where tenant_id = ? and name = ?",
        tenant.toString(),
        policy.name());
    PreparedBatch apps =
        handle.prepareBatch(
            "insert into access_policy_app (tenant_id, name, app_id) values (?, ?, ?)");
    policy.appIds().forEach(app -> apps.add(tenant.toString(), policy.name(), app));
    if (apps.size() > 0) {
      apps.execute();
    }
    return new Versioned<>(policy, version);
  }

  @Override
  public void remove(UUID tenant, String name, Precondition precondition) {
    changes.change(
        (handle, version) -> {
          precondition.check(OptionalLong.of(existing(handle, tenant, name).version()));
          handle.execute(
              "delete from access_policy_grant where tenant_id = ? and name = ?",
              tenant.toString(),
              name);
          return handle.execute(
              "delete from access_policy where tenant_id = ? and name = ?",
              tenant.toString(),
              name);
        });
  }

  private static Versioned<Policy> existing(Handle handle, UUID tenant, String name) {
    return find(handle, tenant, name).orElseThrow(() -> Policies.none(name));
  }
}
