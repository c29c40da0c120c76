package dev.aftercall.jdbc;

import dev.aftercall.retention.Disposal;
import dev.aftercall.retention.Disposals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Disposal certificates in SQL. */
public final class JdbcDisposals implements Disposals {
  private final Database database;

  /** Over that database. */
  public JdbcDisposals(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Disposal> find(UUID tenant, UUID id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from disposal where disposal_id = :id and tenant_id = :tenant")
                .bind("id", id.toString())
                .bind("tenant", tenant.toString())
                .map((row, context) -> disposal(row))
                .findOne());
  }

  @Override
  public List<Disposal> page(UUID tenant, Optional<Position> after, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from disposal where tenant_id = :tenant"
                        + " and (disposed_ticks, disposal_id) < (:at, :id)"
                        + " order by disposed_ticks desc, disposal_id desc limit :most")
                .bind("tenant", tenant.toString())
                .bind("at", after.map(Position::at).orElse(Long.MAX_VALUE))
                .bind("id", after.map(it -> it.id().toString()).orElse(""))
                .bind("most", most)
                .map((row, context) -> disposal(row))
                .list());
  }

  private static Disposal disposal(ResultSet row) throws SQLException {
    return new Disposal(
        UUID.fromString(row.getString("disposal_id")),
        UUID.fromString(row.getString("tenant_id")),
        UUID.fromString(row.getString("artifact_id")),
        row.getLong("disposed_ticks"),
        row.getString("certificate"));
  }
}
