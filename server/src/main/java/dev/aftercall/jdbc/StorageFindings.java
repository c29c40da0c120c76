package dev.aftercall.jdbc;

import dev.aftercall.storage.Finding;
import dev.aftercall.storage.Finding.Kind;
import dev.aftercall.storage.Runs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Findings of the storage check, in SQL. */
final class StorageFindings {
  static final String SUSPECTS =
      "select path from storage_finding where state = 'open' and kind in ('hash', 'unreadable')"
          + " limit :limit";

  private static final String PUT =
      """
      insert into storage_finding (path, kind, tenant_id, expected, found, state, first_seen_ticks,
          last_seen_ticks, run_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (path, kind) do update set expected = excluded.expected, found = excluded.found,
          first_seen_ticks = case when storage_finding.state = 'open'
              then storage_finding.first_seen_ticks else excluded.first_seen_ticks end,
          state = excluded.state, last_seen_ticks = excluded.last_seen_ticks,
          run_id = excluded.run_id
      """;

  /** What a run did not meet again is mended; what is about bytes, only if it read them. */
  private static final String RESOLVE =
      "update storage_finding set state = 'resolved' where state = 'open'"
          + " and kind in ('missing', 'orphan', 'size', 'unknown') and run_id <> ?";

  private final Database database;

  StorageFindings(Database database) {
    this.database = database;
  }

  static void write(Handle handle, UUID run, Runs.Progress progress, long now) {
    for (Finding finding : progress.found()) {
      handle.execute(
          PUT,
          finding.path(),
          Database.word(finding.kind()),
          JdbcStorageRuns.tenant(finding.tenant()),
          finding.expected(),
          finding.found(),
          progress.setAside().contains(finding.path()) ? "quarantined" : "open",
          now,
          now,
          run.toString());
      if (finding.kind() == Kind.MISSING || finding.kind() == Kind.ORPHAN) {
        sound(handle, finding.path()); // There are no promised bytes left to be wrong.
      }
    }
    progress.sound().forEach(path -> sound(handle, path));
  }

  private static void sound(Handle handle, String path) {
    handle.execute(
        "update storage_finding set state = 'resolved' where path = ? and state = 'open'"
            + " and kind in ('hash', 'unreadable')",
        path);
  }

  static void resolve(Handle handle, UUID run, Optional<UUID> tenant) {
    if (tenant.isPresent()) {
      handle.execute(
          RESOLVE + " and tenant_id = ?", run.toString(), JdbcStorageRuns.tenant(tenant));
    } else {
      handle.execute(RESOLVE, run.toString());
    }
  }

  List<Finding.Known> list(Runs.Query query) {
    String sql = sql(query);
    return database.read(
        handle -> {
          Query statement = handle.createQuery(sql).bind("limit", query.limit());
          query.tenant().ifPresent(tenant -> statement.bind("tenant", tenant.toString()));
          query.kind().ifPresent(kind -> statement.bind("kind", Database.word(kind)));
          query
              .after()
              .ifPresent(
                  after ->
                      statement
                          .bind("path", after.path())
                          .bind("pathKind", Database.word(after.kind())));
          return statement.map((row, context) -> known(row)).list();
        });
  }

  static String sql(Runs.Query query) {
    List<String> conditions = new ArrayList<>();
    query.tenant().ifPresent(tenant -> conditions.add("tenant_id = :tenant"));
    conditions.add(
        "state in ('"
            + String.join("', '", query.states().stream().map(Database::word).sorted().toList())
            + "')");
    query.kind().ifPresent(kind -> conditions.add("kind = :kind"));
    query.after().ifPresent(after -> conditions.add("(path, kind) > (:path, :pathKind)"));
    return "select * from storage_finding where "
        + String.join(" and ", conditions)
        + " order by path, kind limit :limit";
  }

  Map<Kind, Long> open(Optional<UUID> tenant) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    database.read(
        handle ->
            handle
                .createQuery(
                    "select kind, count(*) from storage_finding where state = 'open'"
                        + (tenant.isPresent() ? " and tenant_id = :tenant" : "")
                        + " group by kind")
                .bindMap(tenant.map(id -> Map.of("tenant", id.toString())).orElse(Map.of()))
                .map((row, context) -> counts.put(kind(row.getString(1)), row.getLong(2)))
                .list());
    return counts;
  }

  private static Finding.Known known(ResultSet row) throws SQLException {
    String tenant = row.getString("tenant_id");
    return new Finding.Known(
        new Finding(
            kind(row.getString("kind")),
            row.getString("path"),
            tenant.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(tenant)),
            row.getString("expected"),
            row.getString("found")),
        Finding.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getLong("first_seen_ticks"),
        row.getLong("last_seen_ticks"));
  }

  private static Kind kind(String word) {
    return Kind.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
