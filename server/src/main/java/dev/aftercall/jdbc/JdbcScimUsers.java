package dev.aftercall.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.aftercall.scim.ScimException;
import dev.aftercall.scim.ScimFilter;
import dev.aftercall.scim.ScimUser;
import dev.aftercall.scim.ScimUsers;
import dev.aftercall.scim.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** People that a directory sent, in SQL. */
public final class JdbcScimUsers implements ScimUsers {

  private final Database database;

  /** Keeps them in that database. */
  public JdbcScimUsers(Database database) {
    this.database = database;
  }

  @Override
  public Stored.Found<ScimUser> list(
      UUID tenant, Optional<ScimFilter> filter, int start, int count) {
    return database.read(
        ScimSql.page(
            "scim_user",
            ScimSql.USER,
            tenant,
            filter,
            start,
            count,
            (row, context) -> stored(row)));
  }

  @Override
  public Optional<Stored<ScimUser>> find(UUID tenant, UUID id) {
    return database.read(handle -> find(handle, tenant, id));
  }

  private static Optional<Stored<ScimUser>> find(Handle handle, UUID tenant, UUID id) {
    return handle
        .createQuery("select * from scim_user where tenant_id = :tenant and user_id = :id")
        .bind("tenant", tenant.toString())
        .bind("id", id.toString())
        .map((row, context) -> stored(row))
        .findOne();
  }

  @Override
  public Stored<ScimUser> create(UUID tenant, UUID id, ScimUser user, long now) {
    return database.write(
        handle -> {
          unique(handle, tenant, id, user);
          int inserted =
              handle.execute(
                  "insert into scim_user (tenant_id, user_id, external_id, user_name,"
                      + " user_name_key, display_name, active, document, created_ticks,"
                      + " modified_ticks, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                      + " on conflict do nothing",
                  tenant.toString(),
                  id.toString(),
                  user.externalId().orElse(null),
                  user.userName(),
                  key(user.userName()),
                  user.shownName(),
                  user.active() ? 1 : 0,
                  user.json().toString(),
                  now,
                  now,
                  now);
          if (inserted == 0) {
            throw ScimException.taken("There is a user with this externalId already: " + id + ".");
          }
          moved(handle, !user.active());
          return find(handle, tenant, id).orElseThrow();
        });
  }

  @Override
  public Stored<ScimUser> change(
      UUID tenant, UUID id, OptionalLong version, UnaryOperator<ScimUser> change, long now) {
    return database.write(
        handle -> {
          Stored<ScimUser> before = existing(handle, tenant, id, version);
          ScimUser after = change.apply(before.value());
          unique(handle, tenant, id, after);
          handle.execute(
              "update scim_user set external_id = ?, user_name = ?, user_name_key = ?,"
                  + " display_name = ?, active = ?, document = ?, modified_ticks = ?, version = ?"
                  + " where tenant_id = ? and user_id = ?",
              after.externalId().orElse(null),
              after.userName(),
              key(after.userName()),
              after.shownName(),
              after.active() ? 1 : 0,
              after.json().toString(),
              now,
              Math.max(now, before.version() + 1),
              tenant.toString(),
              id.toString());
          moved(handle, after.active() != before.value().active());
          return find(handle, tenant, id).orElseThrow();
        });
  }

  @Override
  public void delete(UUID tenant, UUID id, OptionalLong version) {
    database.write(
        handle -> {
          existing(handle, tenant, id, version);
          handle.execute(
              "delete from group_member where tenant_id = ? and person_id = ?",
              tenant.toString(),
              id.toString());
          handle.execute(
              "delete from scim_user where tenant_id = ? and user_id = ?",
              tenant.toString(),
              id.toString());
          moved(handle, true);
          return id;
        });
  }

  /** Servers look at the rules anew only where these changed: a first sync sends everybody. */
  private static void moved(Handle handle, boolean rules) {
    if (rules) {
      RuleChanges.next(handle);
    }
  }

  private static Stored<ScimUser> existing(
      Handle handle, UUID tenant, UUID id, OptionalLong version) {
    Stored<ScimUser> found =
        find(handle, tenant, id).orElseThrow(() -> ScimException.notFound("user", id.toString()));
    found.check(version, "user");
    return found;
  }

  private static void unique(Handle handle, UUID tenant, UUID id, ScimUser user) {
    List<String> others =
        handle
            .createQuery(
                "select user_id from scim_user where tenant_id = :tenant and user_name_key = :name"
                    + " union select user_id from scim_user where tenant_id = :tenant"
                    + " and external_id = :external")
            .bind("tenant", tenant.toString())
            .bind("name", key(user.userName()))
            .bind("external", user.externalId().orElse(""))
            .mapTo(String.class)
            .list();
    if (others.stream().anyMatch(other -> !other.equals(id.toString()))) {
      throw ScimException.taken(
          "Another user has the userName '" + user.userName() + "' or this externalId.");
    }
  }

  private static String key(String userName) {
    return userName.toLowerCase(Locale.ROOT);
  }

  private static Stored<ScimUser> stored(ResultSet row) throws SQLException {
    try {
      return new Stored<>(
          UUID.fromString(row.getString("user_id")),
          ScimUser.read(Json.MAPPER.readTree(row.getString("document"))),
          row.getLong("created_ticks"),
          row.getLong("modified_ticks"),
          row.getLong("version"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A kept user is not JSON.", e);
    }
  }
}
