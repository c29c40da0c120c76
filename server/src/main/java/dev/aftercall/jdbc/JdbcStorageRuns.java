package dev.aftercall.jdbc;

import dev.aftercall.storage.Count;
import dev.aftercall.storage.Finding;
import dev.aftercall.storage.Hashing;
import dev.aftercall.storage.Run;
import dev.aftercall.storage.Runs;
import dev.aftercall.storage.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Runs of the storage check and their lease, in SQL; findings are {@link StorageFindings}'. */
public final class JdbcStorageRuns implements Runs {
  static final String NEWEST =
      "select * from storage_run where :tenant = '' or tenant_id in ('', :tenant)"
          + " order by started_ticks desc, run_id desc limit :limit";

  static final String RECENT =
      "select count(*) from storage_run where started_ticks > :since and origin = :origin";

  private final Database database;
  private final StorageFindings findings;

  /** Keeps them in that database. */
  public JdbcStorageRuns(Database database) {
    this.database = database;
    this.findings = new StorageFindings(database);
  }

  @Override
  public Run open(UUID id, Run.Plan plan, long now) {
    return database.write(handle -> open(handle, id, plan, now));
  }

  private static Run open(Handle handle, UUID id, Run.Plan plan, long now) {
    handle.execute(
        "insert into storage_run (run_id, origin, tenant_id, hash_percent, quarantine, state,"
            + " started_ticks, promised, stored, reason)"
            + " values (?, ?, ?, ?, ?, 'waiting', ?, '', '', '')",
        id.toString(),
        Database.word(plan.origin()),
        tenant(plan.tenant()),
        plan.hashing().percent(),
        plan.quarantine() ? 1 : 0,
        now);
    return find(handle, id).orElseThrow();
  }

  @Override
  public Optional<Run> openUnlessSince(UUID id, Run.Plan plan, long now, long since) {
    // Asked every few seconds and nearly always in vain: a write would wait for the disk.
    if (database.read(handle -> recent(handle, plan, since))) {
      return Optional.empty();
    }
    return database.write(
        handle -> {
          // Whoever comes second waits here, and sees the run of the first.
          handle.execute("update storage_lease set only_row = 1 where only_row = 1");
          return recent(handle, plan, since)
              ? Optional.empty()
              : Optional.of(open(handle, id, plan, now));
        });
  }

  private static boolean recent(Handle handle, Run.Plan plan, long since) {
    return handle
            .createQuery(RECENT)
            .bind("since", since)
            .bind("origin", Database.word(plan.origin()))
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  @Override
  public List<Run> newest(Optional<UUID> tenant, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(NEWEST)
                .bind("tenant", tenant(tenant))
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list());
  }

  @Override
  public Optional<Run> find(UUID id) {
    return database.read(handle -> find(handle, id));
  }

  private static Optional<Run> find(Handle handle, UUID id) {
    return handle
        .createQuery("select * from storage_run where run_id = :id")
        .bind("id", id.toString())
        .map((row, context) -> run(row))
        .findOne();
  }

  @Override
  public Optional<Run> begin(UUID run, String owner, long now, long until) {
    return database.write(
        handle -> {
          boolean leased =
              handle.execute(
                      "update storage_lease set owner = ?, run_id = ?, until_ticks = ?"
                          + " where only_row = 1 and (owner = '' or until_ticks < ?)",
                      owner,
                      run.toString(),
                      until,
                      now)
                  == 1;
          if (!leased) {
            return Optional.<Run>empty();
          }
          boolean begun =
              handle.execute(
                      "update storage_run set state = 'running', ended_ticks = null, reason = ''"
                          + " where run_id = ? and state in ('waiting', 'running', 'stopped')",
                      run.toString())
                  == 1;
          if (!begun) {
            free(handle, owner);
            return Optional.<Run>empty();
          }
          return find(handle, run);
        });
  }

  private static boolean free(Handle handle, String owner) {
    return handle.execute(
            "update storage_lease set owner = '', run_id = '', until_ticks = 0 where owner = ?",
            owner)
        == 1;
  }

  @Override
  public boolean save(Run run, String owner, Progress progress, long now, long until) {
    return database.write(
        handle -> {
          boolean ours =
              handle.execute(
                      "update storage_lease set until_ticks = ? where owner = ? and run_id = ?",
                      until,
                      owner,
                      run.id().toString())
                  == 1;
          if (ours) {
            handle.execute(
                "update storage_run set promised = ?, stored = ? where run_id = ?",
                run.position().promised(),
                run.position().stored(),
                run.id().toString());
            StorageFindings.write(handle, run.id(), progress, now);
            count(handle, run.id(), progress.tally());
          }
          return ours;
        });
  }

  private static void count(Handle handle, UUID run, Tally tally) {
    tally
        .counts()
        .forEach(
            (tenant, counts) ->
                counts.forEach(
                    (what, amount) ->
                        handle.execute(
                            "insert into storage_tally (run_id, tenant_id, what, amount)"
                                + " values (?, ?, ?, ?) on conflict (run_id, tenant_id, what)"
                                + " do update set amount = storage_tally.amount + excluded.amount",
                            run.toString(),
                            tenant(tenant),
                            Database.word(what),
                            amount)));
  }

  @Override
  public boolean end(Run run, String owner, Run.State state, String reason, long now) {
    return database.write(
        handle -> {
          boolean ours = free(handle, owner);
          if (ours) {
            handle.execute(
                "update storage_run set state = ?, reason = ?, ended_ticks = ? where run_id = ?",
                Database.word(state),
                reason,
                now,
                run.id().toString());
            if (state == Run.State.DONE) {
              StorageFindings.resolve(handle, run.id(), run.plan().tenant());
            }
          }
          return ours;
        });
  }

  @Override
  public Set<String> suspects(int limit) {
    return new HashSet<>(
        database.read(
            handle ->
                handle
                    .createQuery(StorageFindings.SUSPECTS)
                    .bind("limit", limit)
                    .mapTo(String.class)
                    .list()));
  }

  @Override
  public List<Finding.Known> findings(Query query) {
    return findings.list(query);
  }

  @Override
  public Map<Finding.Kind, Long> open(Optional<UUID> tenant) {
    return findings.open(tenant);
  }

  @Override
  public Map<Count, Long> counts(UUID run, Optional<UUID> tenant) {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    database.read(
        handle ->
            handle
                .createQuery(
                    "select what, sum(amount) from storage_tally where run_id = :run"
                        + (tenant.isPresent() ? " and tenant_id = :tenant" : "")
                        + " group by what")
                .bind("run", run.toString())
                .bindMap(tenant.map(id -> Map.of("tenant", id.toString())).orElse(Map.of()))
                .map(
                    (row, context) ->
                        counts.put(
                            Count.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                            row.getLong(2)))
                .list());
    return counts;
  }

  static String tenant(Optional<UUID> tenant) {
    return tenant.map(UUID::toString).orElse("");
  }

  private static Run run(ResultSet row) throws SQLException {
    long ended = row.getLong("ended_ticks");
    boolean over = !row.wasNull();
    String tenant = row.getString("tenant_id");
    return new Run(
        UUID.fromString(row.getString("run_id")),
        new Run.Plan(
            Run.Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
            tenant.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(tenant)),
            new Hashing(row.getInt("hash_percent")),
            row.getInt("quarantine") != 0),
        Run.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getLong("started_ticks"),
        over ? Optional.of(ended) : Optional.empty(),
        new Run.Position(row.getString("promised"), row.getString("stored")),
        row.getString("reason"));
  }
}
