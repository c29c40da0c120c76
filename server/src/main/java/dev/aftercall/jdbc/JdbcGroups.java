package dev.aftercall.jdbc;

import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.Group;
import dev.aftercall.ruling.GroupMember;
import dev.aftercall.ruling.Groups;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Groups in SQL. */
public final class JdbcGroups implements Groups {
  private static final String COLUMNS =
      """
      select g.group_id, g.display_name, g.version,
             (select count(*) from group_member m
               where m.tenant_id = g.tenant_id and m.group_id = g.group_id) as people,
             (select count(*) from group_in_group n
               where n.tenant_id = g.tenant_id and n.group_id = g.group_id) as groups_within
        from directory_group g
       where g.tenant_id = :tenant
      """;

  private static final String MEMBERS =
      """
      select kind, id, version from (
        select 'group' as kind, member_group_id as id, version from group_in_group
         where tenant_id = :tenant and group_id = :group
        union all
        select 'user' as kind, person_id as id, version from group_member
         where tenant_id = :tenant and group_id = :group) as members
      """;

  private final Database database;
  private final RuleChanges changes;

  /** Keeps them in that database. */
  public JdbcGroups(Database database) {
    this.database = database;
    this.changes = new RuleChanges(database);
  }

  @Override
  public Page<Versioned<Group>> list(UUID tenant, Paging paging) {
    return Page.of(
        database.read(
            handle ->
                handle
                    .createQuery(
                        COLUMNS + " and g.group_id > :after order by g.group_id limit :most")
                    .bind("tenant", tenant.toString())
                    .bind("after", paging.after().orElse(""))
                    .bind("most", paging.top() + 1)
                    .map((row, context) -> group(row))
                    .list()),
        paging);
  }

  private static Versioned<Group> group(ResultSet row) throws SQLException {
    return new Versioned<>(
        new Group(
            UUID.fromString(row.getString("group_id")),
            row.getString("display_name"),
            row.getInt("people"),
            row.getInt("groups_within")),
        row.getLong("version"));
  }

  @Override
  public Optional<Versioned<Group>> find(UUID tenant, UUID id) {
    return database.read(handle -> find(handle, tenant, id));
  }

  private static Optional<Versioned<Group>> find(Handle handle, UUID tenant, UUID id) {
    return handle
        .createQuery(COLUMNS + " and g.group_id = :id")
        .bind("tenant", tenant.toString())
        .bind("id", id.toString())
        .map((row, context) -> group(row))
        .findOne();
  }

  private static Versioned<Group> existing(Handle handle, UUID tenant, UUID id) {
    return find(handle, tenant, id).orElseThrow(() -> Groups.none(id));
  }

  @Override
  public Saved put(UUID tenant, UUID id, String displayName, Precondition precondition) {
    return changes.change(
        (handle, version) -> {
          Optional<Versioned<Group>> before = find(handle, tenant, id);
          precondition.check(RuleChanges.version(before));
          handle.execute(
              "insert into directory_group (tenant_id, group_id, display_name, version)"
                  + " values (?, ?, ?, ?) on conflict (tenant_id, group_id) do update"
                  + " set display_name = excluded.display_name, version = excluded.version",
              tenant.toString(),
              id.toString(),
              displayName,
              version);
          return new Saved(existing(handle, tenant, id), before.isEmpty());
        });
  }

  @Override
  public void remove(UUID tenant, UUID id, Precondition precondition) {
    changes.change(
        (handle, version) -> {
          precondition.check(OptionalLong.of(existing(handle, tenant, id).version()));
          for (String statement :
              List.of(
                  "delete from group_member where tenant_id = ? and group_id = ?",
                  "delete from group_in_group where tenant_id = ? and group_id = ?",
                  "delete from group_in_group where tenant_id = ? and member_group_id = ?",
                  "delete from directory_group where tenant_id = ? and group_id = ?")) {
            handle.execute(statement, tenant.toString(), id.toString());
          }
          return version;
        });
  }

  @Override
  public Page<Versioned<GroupMember>> members(UUID tenant, UUID group, Paging paging) {
    String[] after = paging.after().orElse(" ").split(" ", 2);
    return Page.of(
        database.read(
            handle -> {
              existing(handle, tenant, group);
              return handle
                  .createQuery(
                      MEMBERS + " where (kind, id) > (:kind, :id) order by kind, id limit :most")
                  .bind("tenant", tenant.toString())
                  .bind("group", group.toString())
                  .bind("kind", after[0])
                  .bind("id", after[1])
                  .bind("most", paging.top() + 1)
                  .map(
                      (row, context) -> {
                        UUID id = UUID.fromString(row.getString(2));
                        GroupMember member =
                            row.getString(1).equals("group")
                                ? new GroupMember.Nested(id)
                                : new GroupMember.Person(id);
                        return new Versioned<>(member, row.getLong(3));
                      })
                  .list();
            }),
        paging);
  }

  @Override
  public Optional<Versioned<GroupMember>> member(UUID tenant, UUID group, GroupMember member) {
    return database.read(handle -> Memberships.find(handle, tenant, group, member));
  }

  @Override
  public Joined join(UUID tenant, UUID group, GroupMember member, Precondition precondition) {
    return changes.change(
        (handle, version) -> {
          existing(handle, tenant, group);
          Optional<Versioned<GroupMember>> before = Memberships.find(handle, tenant, group, member);
          if (before.isPresent()) {
            if (!(precondition instanceof Precondition.Unsaid)) {
              precondition.check(RuleChanges.version(before));
            }
            return new Joined(before.get(), false);
          }
          precondition.check(OptionalLong.empty());
          if (member instanceof GroupMember.Nested nested) {
            Memberships.refuseCircle(handle, tenant, group, nested.id());
          }
          Memberships.insert(handle, tenant, group, member, version);
          touch(handle, tenant, group, version);
          return new Joined(new Versioned<>(member, version), true);
        });
  }

  @Override
  public void leave(UUID tenant, UUID group, GroupMember member, Precondition precondition) {
    changes.change(
        (handle, version) -> {
          Versioned<GroupMember> before =
              Memberships.find(handle, tenant, group, member)
                  .orElseThrow(() -> Groups.noMember(group, member));
          precondition.check(OptionalLong.of(before.version()));
          Memberships.delete(handle, tenant, group, member);
          touch(handle, tenant, group, version);
          return version;
        });
  }

  private static void touch(Handle handle, UUID tenant, UUID group, long version) {
    handle.execute(
        "update directory_group set version = ? where tenant_id = ? and group_id = ?",
        version,
        tenant.toString(),
        group.toString());
  }
}
