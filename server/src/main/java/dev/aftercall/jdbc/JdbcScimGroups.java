package dev.aftercall.jdbc;

import dev.aftercall.scim.GroupPatch;
import dev.aftercall.scim.ScimException;
import dev.aftercall.scim.ScimFilter;
import dev.aftercall.scim.ScimGroup;
import dev.aftercall.scim.ScimGroups;
import dev.aftercall.scim.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Groups that a directory sent, in SQL; members lie where the rules read them. */
public final class JdbcScimGroups implements ScimGroups {
  private final Database database;
  private final RuleChanges changes;

  /** Keeps them in that database. */
  public JdbcScimGroups(Database database) {
    this.database = database;
    this.changes = new RuleChanges(database);
  }

  @Override
  public Stored.Found<ScimGroup> list(
      UUID tenant, Optional<ScimFilter> filter, int start, int count, boolean members) {
    Database.Work<Stored.Found<ScimGroup>> page =
        ScimSql.page(
            "scim_group",
            ScimSql.GROUP,
            tenant,
            filter,
            start,
            count,
            (row, context) -> stored(row));
    return database.read(
        handle -> {
          Stored.Found<ScimGroup> found = page.with(handle);
          return members
              ? new Stored.Found<>(
                  found.total(),
                  found.items().stream().map(group -> withMembers(handle, tenant, group)).toList())
              : found;
        });
  }

  @Override
  public Optional<Stored<ScimGroup>> find(UUID tenant, UUID id, boolean members) {
    return database.read(
        handle ->
            find(handle, tenant, id)
                .map(group -> members ? withMembers(handle, tenant, group) : group));
  }

  private static Optional<Stored<ScimGroup>> find(Handle handle, UUID tenant, UUID id) {
    return handle
        .createQuery("select * from scim_group where tenant_id = :tenant and group_id = :id")
        .bind("tenant", tenant.toString())
        .bind("id", id.toString())
        .map((row, context) -> stored(row))
        .findOne();
  }

  private static Stored<ScimGroup> withMembers(
      Handle handle, UUID tenant, Stored<ScimGroup> group) {
    Set<UUID> members =
        new LinkedHashSet<>(
            handle
                .createQuery(
                    "select person_id from group_member where tenant_id = :tenant"
                        + " and group_id = :id order by person_id")
                .bind("tenant", tenant.toString())
                .bind("id", group.id().toString())
                .mapTo(String.class)
                .map(UUID::fromString)
                .list());
    return new Stored<>(
        group.id(),
        new ScimGroup(group.value().displayName(), group.value().externalId(), members),
        group.created(),
        group.modified(),
        group.version());
  }

  @Override
  public Stored<ScimGroup> create(UUID tenant, UUID id, ScimGroup group, long now) {
    return changes.change(
        (handle, version) -> {
          int inserted =
              handle.execute(
                  "insert into scim_group (tenant_id, group_id, external_id, display_name,"
                      + " display_name_key, created_ticks, modified_ticks, version)"
                      + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                  tenant.toString(),
                  id.toString(),
                  group.externalId().orElse(null),
                  group.displayName(),
                  key(group.displayName()),
                  now,
                  now,
                  version);
          if (inserted == 0) {
            throw ScimException.taken("There is a group with this externalId already.");
          }
          named(handle, tenant, id, group.displayName(), version);
          replace(handle, tenant, id, group.members(), version);
          return withMembers(handle, tenant, find(handle, tenant, id).orElseThrow());
        });
  }

  @Override
  public void change(UUID tenant, UUID id, OptionalLong version, GroupPatch patch, long now) {
    changes.change(
        (handle, next) -> {
          existing(handle, tenant, id, version);
          patch.changes().forEach(change -> apply(handle, tenant, id, change, next));
          handle.execute(
              "update directory_group set version = ? where tenant_id = ? and group_id = ?",
              next,
              tenant.toString(),
              id.toString());
          return handle.execute(
              "update scim_group set modified_ticks = ?, version = ?"
                  + " where tenant_id = ? and group_id = ?",
              now,
              next,
              tenant.toString(),
              id.toString());
        });
  }

  private static void apply(
      Handle handle, UUID tenant, UUID id, GroupPatch.Change change, long version) {
    switch (change) {
      case GroupPatch.Change.Name(String name) -> {
        named(handle, tenant, id, name, version);
        handle.execute(
            "update scim_group set display_name = ?, display_name_key = ?"
                + " where tenant_id = ? and group_id = ?",
            name,
            key(name),
            tenant.toString(),
            id.toString());
      }
      case GroupPatch.Change.ExternalId(Optional<String> external) ->
          externalId(handle, tenant, id, external);
      case GroupPatch.Change.Add(Set<UUID> members) -> add(handle, tenant, id, members, version);
      case GroupPatch.Change.Remove(Set<UUID> members) ->
          batch(
              handle,
              "delete from group_member where tenant_id = ? and group_id = ? and person_id = ?",
              tenant,
              id,
              members);
      case GroupPatch.Change.Replace(Set<UUID> members) ->
          replace(handle, tenant, id, members, version);
    }
  }

  /** Administrators see it among all groups. */
  private static void named(Handle handle, UUID tenant, UUID id, String name, long version) {
    handle.execute(
        "insert into directory_group (tenant_id, group_id, display_name, version)"
            + " values (?, ?, ?, ?) on conflict (tenant_id, group_id) do update"
            + " set display_name = excluded.display_name, version = excluded.version",
        tenant.toString(),
        id.toString(),
        name,
        version);
  }

  private static void externalId(Handle handle, UUID tenant, UUID id, Optional<String> external) {
    int others =
        handle
            .createQuery(
                "select count(*) from scim_group where tenant_id = :tenant"
                    + " and external_id = :external and group_id <> :id")
            .bind("tenant", tenant.toString())
            .bind("external", external.orElse(""))
            .bind("id", id.toString())
            .mapTo(Integer.class)
            .one();
    if (others > 0) {
      throw ScimException.taken("Another group has this externalId.");
    }
    handle.execute(
        "update scim_group set external_id = ? where tenant_id = ? and group_id = ?",
        external.orElse(null),
        tenant.toString(),
        id.toString());
  }

  private static void replace(
      Handle handle, UUID tenant, UUID id, Set<UUID> members, long version) {
    handle.execute(
        "delete from group_member where tenant_id = ? and group_id = ?",
        tenant.toString(),
        id.toString());
    add(handle, tenant, id, members, version);
  }

  private static void add(Handle handle, UUID tenant, UUID id, Set<UUID> members, long version) {
    batch(
        handle,
        "insert into group_member (tenant_id, group_id, person_id, version)"
            + " values (?, ?, ?, <version>) on conflict do nothing"
                .replace("<version>", Long.toString(version)),
        tenant,
        id,
        members);
  }

  private static void batch(Handle handle, String sql, UUID tenant, UUID group, Set<UUID> members) {
    if (members.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(sql);
    members.forEach(person -> batch.add(tenant.toString(), group.toString(), person.toString()));
    batch.execute();
  }

  @Override
  public void delete(UUID tenant, UUID id, OptionalLong version) {
    changes.change(
        (handle, next) -> {
          existing(handle, tenant, id, version);
          for (String statement :
              List.of(
                  "delete from group_member where tenant_id = ? and group_id = ?",
                  "delete from group_in_group where tenant_id = ? and group_id = ?",
                  "delete from group_in_group where tenant_id = ? and member_group_id = ?",
                  "delete from directory_group where tenant_id = ? and group_id = ?")) {
            handle.execute(statement, tenant.toString(), id.toString());
          }
          return handle.execute(
              "delete from scim_group where tenant_id = ? and group_id = ?",
              tenant.toString(),
              id.toString());
        });
  }

  private static void existing(Handle handle, UUID tenant, UUID id, OptionalLong version) {
    find(handle, tenant, id)
        .orElseThrow(() -> ScimException.notFound("group", id.toString()))
        .check(version, "group");
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Stored<ScimGroup> stored(ResultSet row) throws SQLException {
    return new Stored<>(
        UUID.fromString(row.getString("group_id")),
        new ScimGroup(
            row.getString("display_name"),
            Optional.ofNullable(row.getString("external_id")),
            Set.of()),
        row.getLong("created_ticks"),
        row.getLong("modified_ticks"),
        row.getLong("version"));
  }
}
