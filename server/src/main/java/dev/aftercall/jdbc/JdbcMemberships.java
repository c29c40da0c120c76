package dev.aftercall.jdbc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Who is in which group, many at a time. */
public final class JdbcMemberships {
  private final Database database;
  private final String tenant;

  /** Memberships of one tenant. */
  public JdbcMemberships(Database database, UUID tenant) {
    this.database = database;
    this.tenant = tenant.toString();
  }

  /** A person in a group. */
  public record Membership(UUID group, UUID person) {}

  /** What an import did, or would do. */
  public record Outcome(int added, int removed, int unchanged) {}

  /** All of them, by group and person. */
  public List<Membership> all() {
    return database.read(this::all);
  }

  private List<Membership> all(Handle handle) {
    return handle
        .createQuery(
            "select group_id, person_id from group_member where tenant_id = :tenant"
                + " order by group_id, person_id")
        .bind("tenant", tenant)
        .map(
            (row, context) ->
                new Membership(
                    UUID.fromString(row.getString(1)), UUID.fromString(row.getString(2))))
        .list();
  }

  /**
   * Puts all of them in, in one transaction.
   *
   * @param replace whether the groups that are named shall have no other members
   * @param dryRun whether only to say what it would do
   */
  public Outcome put(List<Membership> wanted, boolean replace, boolean dryRun) {
    return dryRun
        ? database.read(handle -> change(handle, wanted, replace, 0, true))
        : new RuleChanges(database)
            .change((handle, version) -> change(handle, wanted, replace, version, false));
  }

  private Outcome change(
      Handle handle, List<Membership> wanted, boolean replace, long version, boolean dryRun) {
    Set<Membership> before = new HashSet<>(all(handle));
    Set<Membership> then = new LinkedHashSet<>(wanted);
    List<Membership> added = then.stream().filter(each -> !before.contains(each)).toList();
    List<Membership> removed = new ArrayList<>();
    if (replace) {
      Set<UUID> groups = new HashSet<>();
      then.forEach(each -> groups.add(each.group()));
      before.stream()
          .filter(each -> groups.contains(each.group()) && !then.contains(each))
          .forEach(removed::add);
    }
    if (!dryRun) {
      for (Membership each : added) {
        // A group that nobody made is made by its first member.
        handle.execute(
            "insert into directory_group (tenant_id, group_id, display_name, version)"
                + " values (?, ?, '', ?) on conflict do nothing",
            tenant,
            each.group().toString(),
            version);
      }
      batch(
          handle,
          "insert into group_member (tenant_id, group_id, person_id, version)"
              + " values (?, ?, ?, <version>)".replace("<version>", Long.toString(version)),
          added);
      batch(
          handle,
          "delete from group_member where tenant_id = ? and group_id = ? and person_id = ?",
          removed);
    }
    return new Outcome(added.size(), removed.size(), then.size() - added.size());
  }

  private void batch(Handle handle, String sql, List<Membership> memberships) {
    if (memberships.isEmpty()) {
      return;
    }
    var batch = handle.prepareBatch(sql);
    memberships.forEach(
        each -> batch.add(tenant, each.group().toString(), each.person().toString()));
    batch.execute();
  }
}
