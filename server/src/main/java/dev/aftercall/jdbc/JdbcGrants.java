package dev.aftercall.jdbc;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.ChangeRefused.Reason;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.Grant;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.ruling.Grants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Grants of policies in SQL. */
public final class JdbcGrants implements Grants {
  private static final String COLUMNS =
      "select grantee_kind, grantee_id, name, group_rank, version from access_policy_grant"
          + " where tenant_id = :tenant";

  private final Database database;
  private final RuleChanges changes;

  /** Keeps them in that database. */
  public JdbcGrants(Database database) {
    this.database = database;
    this.changes = new RuleChanges(database);
  }

  @Override
  public Page<Versioned<Grant>> list(UUID tenant, Optional<String> policy, Paging paging) {
    String[] after = paging.after().orElse(" ").split(" ", 2);
    return Page.of(
        database.read(
            handle ->
                handle
                    .createQuery(
                        COLUMNS
                            + " and (grantee_kind, grantee_id) > (:kind, :id)"
                            + (policy.isPresent() ? " and name = :policy" : "")
                            + " order by grantee_kind, grantee_id limit :most")
                    .bind("tenant", tenant.toString())
                    .bind("kind", after[0])
                    .bind("id", after[1])
                    .bind("policy", policy.orElse(""))
                    .bind("most", paging.top() + 1)
                    .map((row, context) -> grant(row))
                    .list()),
        paging);
  }

  private static Versioned<Grant> grant(ResultSet row) throws SQLException {
    String id = row.getString("grantee_id");
    Grantee grantee =
        switch (row.getString("grantee_kind")) {
          case "user" -> new Grantee.User(UUID.fromString(id));
          case "group" -> new Grantee.Group(UUID.fromString(id));
          default -> new Grantee.Everyone();
        };
    return new Versioned<>(
        new Grant(grantee, row.getString("name"), row.getInt("group_rank")),
        row.getLong("version"));
  }

  @Override
  public Optional<Versioned<Grant>> find(UUID tenant, Grantee grantee) {
    return database.read(handle -> find(handle, tenant, grantee));
  }

  private static Optional<Versioned<Grant>> find(Handle handle, UUID tenant, Grantee grantee) {
    return handle
        .createQuery(COLUMNS + " and grantee_kind = :kind and grantee_id = :id")
        .bind("tenant", tenant.toString())
        .bind("kind", kind(grantee))
        .bind("id", id(grantee))
        .map((row, context) -> grant(row))
        .findOne();
  }

  private static String kind(Grantee grantee) {
    return switch (grantee) {
      case Grantee.User user -> "user";
      case Grantee.Group group -> "group";
      case Grantee.Everyone everyone -> "global";
    };
  }

  private static String id(Grantee grantee) {
    return switch (grantee) {
      case Grantee.User user -> user.id().toString();
      case Grantee.Group group -> group.id().toString();
      case Grantee.Everyone everyone -> "";
    };
  }

  @Override
  public Saved put(UUID tenant, Grant grant, Precondition precondition) {
    return changes.change(
        (handle, version) -> {
          Optional<Versioned<Grant>> before = find(handle, tenant, grant.grantee());
          precondition.check(RuleChanges.version(before));
          refuseUnknownPolicy(handle, tenant, grant.policy());
          if (grant.grantee() instanceof Grantee.Group group) {
            refuseRankOfAnother(handle, tenant, group, grant.rank());
          }
          handle.execute(
              "insert into access_policy_grant"
                  + " (tenant_id, grantee_kind, grantee_id, name, group_rank, version)"
                  + " values (?, ?, ?, ?, ?, ?)"
                  + " on conflict (tenant_id, grantee_kind, grantee_id) do update"
                  + " set name = excluded.name, group_rank = excluded.group_rank,"
                  + " version = excluded.version",
              tenant.toString(),
              kind(grant.grantee()),
              id(grant.grantee()),
              grant.policy(),
              grant.rank(),
              version);
          return new Saved(new Versioned<>(grant, version), before.isEmpty());
        });
  }

  private static void refuseUnknownPolicy(Handle handle, UUID tenant, String policy) {
    if (JdbcPolicies.find(handle, tenant, policy).isEmpty()) {
      throw new ChangeRefused(
          Reason.INVALID,
          "There is no policy '" + policy + "' to grant.",
          "See them with GET /admin/v1/policies or 'aftercall policy list'; make it first.");
    }
  }

  private static void refuseRankOfAnother(
      Handle handle, UUID tenant, Grantee.Group group, int rank) {
    Optional<String> other =
        handle
            .createQuery(
                "select grantee_id from access_policy_grant where tenant_id = :tenant"
                    + " and grantee_kind = 'group' and group_rank = :rank and grantee_id <> :id"
                    + " limit 1")
            .bind("tenant", tenant.toString())
            .bind("rank", rank)
            .bind("id", group.id().toString())
            .mapTo(String.class)
            .findOne();
    if (other.isPresent()) {
      throw new ChangeRefused(
          Reason.CONFLICT,
          "Rank " + rank + " is taken by the grant to group " + other.get() + ".",
          "Choose another rank: of two groups with one rank nobody could say which counts.");
    }
  }

  @Override
  public void remove(UUID tenant, Grantee grantee, Precondition precondition) {
    changes.change(
        (handle, version) -> {
          Versioned<Grant> before =
              find(handle, tenant, grantee).orElseThrow(() -> Grants.none(grantee));
          precondition.check(OptionalLong.of(before.version()));
          return handle.execute(
              "delete from access_policy_grant"
                  + " where tenant_id = ? and grantee_kind = ? and grantee_id = ?",
              tenant.toString(),
              kind(grantee),
              id(grantee));
        });
  }
}
