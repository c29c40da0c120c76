package dev.aftercall.jdbc;

import dev.aftercall.recording.Artifact;
import dev.aftercall.retention.Archive;
import dev.aftercall.retention.RunState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What runs of the retention leave for each other, in SQL. */
public final class JdbcRunState implements RunState {
  private final Database database;

  /** Over that database. */
  public JdbcRunState(Database database) {
    this.database = database;
  }

  @Override
  public boolean lead(String holder, long now, long until) {
    return database.write(
        handle ->
            handle.execute(
                    // A lease that ends in a year is one of a clock that was wrong.
                    "update retention_state set holder = ?, lease_ticks = ? where only_row = 1"
                        + " and (holder = '' or holder = ? or lease_ticks < ? or lease_ticks > ?)",
                    holder,
                    until,
                    holder,
                    now,
                    until + (until - now))
                == 1);
  }

  @Override
  public void stepBack(String holder) {
    database.write(
        handle ->
            handle.execute("update retention_state set holder = '' where holder = ?", holder));
  }

  @Override
  public long seen() {
    return database.read(
        handle ->
            handle
                .createQuery("select seen_ticks from retention_state where only_row = 1")
                .mapTo(Long.class)
                .one());
  }

  @Override
  public void see(long now) {
    database.write(
        handle ->
            handle.execute(
                "update retention_state set seen_ticks = ? where only_row = 1 and seen_ticks < ?",
                now,
                now));
  }

  @Override
  public List<Warning> fresh(List<Warning> warnings) {
    if (warnings.isEmpty()) {
      return List.of();
    }
    Map<UUID, Noted> noted =
        database.read(
            handle ->
                handle
                    .createQuery(
                        "select artifact_id, expires_ticks, rule from retention_warning"
                            + " where artifact_id in (<ids>)")
                    .bindList("ids", warnings.stream().map(it -> it.artifact().toString()).toList())
                    .map(
                        (row, context) ->
                            Map.entry(
                                UUID.fromString(row.getString(1)),
                                new Noted(row.getLong(2), row.getString(3))))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    return warnings.stream()
        .filter(it -> !new Noted(it.expires(), it.rule()).equals(noted.get(it.artifact())))
        .toList();
  }

  private record Noted(long expires, String rule) {}

  @Override
  public void warn(List<Warning> warnings) {
    if (warnings.isEmpty()) {
      return;
    }
    database.write(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  "insert into retention_warning (artifact_id, kind, tenant_id, expires_ticks, rule,"
                      + " warned_ticks) values (?, ?, ?, ?, ?, ?) on conflict (artifact_id) do update"
                      + " set expires_ticks = excluded.expires_ticks, rule = excluded.rule,"
                      + " warned_ticks = excluded.warned_ticks");
          for (Warning warning : warnings) {
            batch.add(
                warning.artifact().toString(),
                Database.word(warning.kind()),
                warning.tenant().toString(),
                warning.expires(),
                warning.rule(),
                warning.warned());
          }
          return batch.execute();
        });
  }

  @Override
  public void forget(UUID tenant, long warnedBefore) {
    database.write(
        handle ->
            handle.execute(
                "delete from retention_warning where tenant_id = ? and warned_ticks < ?",
                tenant.toString(),
                warnedBefore));
  }

  @Override
  public List<Warning> warnings(UUID tenant, Optional<Archive.Position> after, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from retention_warning where tenant_id = :tenant"
                        + " and (expires_ticks, artifact_id) > (:expires, :artifact)"
                        + " order by expires_ticks, artifact_id limit :most")
                .bind("tenant", tenant.toString())
                .bind("expires", after.map(Archive.Position::ended).orElse(Long.MIN_VALUE))
                .bind("artifact", after.map(it -> it.artifact().toString()).orElse(""))
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Warning(
                            Artifact.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                            UUID.fromString(row.getString("artifact_id")),
                            tenant,
                            row.getLong("expires_ticks"),
                            row.getString("rule"),
                            row.getLong("warned_ticks")))
                .list());
  }
}
