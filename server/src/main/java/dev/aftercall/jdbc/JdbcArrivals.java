package dev.aftercall.jdbc;

import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.ArrivalStore;
import dev.aftercall.query.Paging;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Arrivals in SQL. */
public final class JdbcArrivals implements ArrivalStore {
  static final String DUE =
      "select * from arrival where due_ticks <= :now and state in ('announced', 'fetching',"
          + " 'probing') and (lease_ticks <= :now or (:me <> '' and lease_owner <> :me)) order by due_ticks"
          + " limit :most";

  static final String NEIGHBOUR =
      "select meeting from arrival where tenant_id = :tenant and source = :source and room = :room"
          + " and arrival_id <> :id and meeting is not null and start_ticks <= :latest"
          + " and end_ticks >= :earliest and state in ('probing', 'ready')"
          + " order by start_ticks desc limit 1";

  private static final String UNFINISHED = "state in ('announced', 'fetching', 'probing')";

  private final Database database;
  private final String me;

  /**
   * Keeps them in that database.
   *
   * @param me names this process. What another leased counts as theirs until the lease ends, but
   *     where the database is in this process alone no other can be at it
   */
  public JdbcArrivals(Database database, String me) {
    this.database = database;
    this.me = me;
  }

  @Override
  public Arrival announce(Arrival arrival) {
    return database.write(
        handle -> {
          int made =
              ArrivalRows.bind(
                      handle.createUpdate(
                          """
                          insert into arrival (arrival_id, tenant_id, source, source_id, recorder,
                              room, meeting, start_ticks, end_ticks, announcement, envelope,
                              credential, state, reason, upload_id, rule, sha256, size_bytes,
                              artifact_id, same_as, mended, validator, attempts, due_ticks,
                              announced_ticks, changed_ticks, version)
                          values (:id, :tenant, :source, :sourceId, :recorder, :room, :meeting,
                              :start, :end, :announcement, :envelope, :credential, :state, :reason,
                              :upload, :rule, :sha256, :size, :artifact, :same, :mended,
                              :validator, :attempts, :due, :announced, :changed, :version)
                          on conflict (tenant_id, source, source_id) do nothing
                          """),
                      arrival)
                  .execute();
          return made == 1
              ? arrival
              : bySource(
                      handle, arrival.tenant(), arrival.source(), arrival.announcement().sourceId())
                  .orElseThrow();
        });
  }

  @Override
  public int untried(String source, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select count(*) from (select 1 from arrival where source = :source and "
                        + UNFINISHED
                        + " and attempts = 0 limit :most) as waiting")
                .bind("source", source)
                .bind("most", most)
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public Optional<Arrival> bySource(UUID tenant, String source, String sourceId) {
    return database.read(handle -> bySource(handle, tenant, source, sourceId));
  }

  private static Optional<Arrival> bySource(
      Handle handle, UUID tenant, String source, String sourceId) {
    return handle
        .createQuery(
            "select * from arrival where tenant_id = :tenant and source = :source"
                + " and source_id = :sourceId")
        .bind("tenant", tenant.toString())
        .bind("source", source)
        .bind("sourceId", sourceId)
        .map((row, context) -> ArrivalRows.arrival(row))
        .findOne();
  }

  @Override
  public Optional<Arrival> find(UUID id) {
    return one("select * from arrival where arrival_id = :key", id.toString());
  }

  @Override
  public Optional<Arrival> byUpload(String uploadId) {
    return one("select * from arrival where upload_id = :key", uploadId);
  }

  private Optional<Arrival> one(String sql, String key) {
    return database.read(
        handle ->
            handle
                .createQuery(sql)
                .bind("key", key)
                .map((row, context) -> ArrivalRows.arrival(row))
                .findOne());
  }

  @Override
  public boolean change(Arrival next) {
    return database.write(
        handle ->
            ArrivalRows.bind(
                        handle.createUpdate(
                            """
                            update arrival set room = :room, meeting = :meeting,
                                start_ticks = :start, end_ticks = :end,
                                announcement = :announcement, credential = :credential,
                                state = :state, reason = :reason, upload_id = :upload,
                                rule = :rule, sha256 = :sha256, size_bytes = :size,
                                artifact_id = :artifact, same_as = :same, mended = :mended,
                                validator = :validator, attempts = :attempts, due_ticks = :due,
                                changed_ticks = :changed, version = :version
                             where arrival_id = :id and version = :version - 1
                            """),
                        next)
                    .execute()
                == 1);
  }

  @Override
  public List<Arrival> lease(long now, long until, int most) {
    return database.write(
        handle -> {
          List<Arrival> due =
              handle
                  .createQuery(DUE + (database.embedded() ? "" : " for update skip locked"))
                  .bind("now", now)
                  // On SQLite another owner is a process that is gone; elsewhere it is at work.
                  .bind("me", database.embedded() ? me : "")
                  .bind("most", most)
                  .map((row, context) -> ArrivalRows.arrival(row))
                  .list();
          due.forEach(arrival -> lease(handle, arrival.id(), me, until));
          return due;
        });
  }

  @Override
  public boolean anything(long now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select exists (select 1 from arrival where due_ticks <= :now and "
                        + UNFINISHED
                        + ")")
                .bind("now", now)
                .mapTo(Boolean.class)
                .one());
  }

  private static int lease(Handle handle, UUID id, String owner, long until) {
    return handle.execute(
        "update arrival set lease_owner = ?, lease_ticks = ? where arrival_id = ?",
        owner,
        until,
        id.toString());
  }

  @Override
  public void renew(List<UUID> ids, long until) {
    database.write(handle -> ids.stream().mapToInt(id -> lease(handle, id, me, until)).sum());
  }

  @Override
  public void release(UUID id) {
    database.write(handle -> lease(handle, id, me, 0));
  }

  @Override
  public Optional<Arrival> claim(Arrival arrival, UUID organizer, String sha256) {
    String claim = organizer + " " + sha256;
    return database.write(
        handle -> {
          Optional<Arrival> holder =
              handle
                  .createQuery(
                      "select * from arrival where tenant_id = :tenant and claim = :claim"
                          + (database.embedded() ? "" : " for update"))
                  .bind("tenant", arrival.tenant().toString())
                  .bind("claim", claim)
                  .map((row, context) -> ArrivalRows.arrival(row))
                  .findOne();
          if (holder.filter(it -> it.id().equals(arrival.id())).isPresent()) {
            return Optional.empty();
          }
          if (holder.isPresent()) {
            if (counts(handle, holder.get())) {
              return holder;
            }
            handle.execute(
                "update arrival set claim = null where arrival_id = ?",
                holder.get().id().toString());
          }
          handle.execute(
              "update arrival set claim = ? where arrival_id = ?", claim, arrival.id().toString());
          return Optional.empty();
        });
  }

  /** Whether it has a recording, or may still get one. */
  private static boolean counts(Handle handle, Arrival holder) {
    if (holder.artifact().isEmpty()) {
      return !holder.state().over();
    }
    String artifact = holder.artifact().get().toString();
    return handle
        .createQuery(
            "select exists (select 1 from recording where artifact_id = :id)"
                + " or exists (select 1 from transcript where artifact_id = :id)")
        .bind("id", artifact)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public Optional<String> neighbour(Arrival arrival, long gap) {
    Announcement.Occasion occasion = arrival.announcement().occasion();
    Long start = occasion.start();
    Long end = occasion.end();
    if (occasion.room().isEmpty() || start == null || end == null || gap == 0) {
      return Optional.empty();
    }
    return database.write(
        handle -> {
          if (!database.embedded()) {
            // Of one room one at a time, on whichever node, until the transaction ends.
            handle.execute(
                "select pg_advisory_xact_lock(hashtext(?))",
                arrival.source() + "/" + occasion.room());
          }
          return handle
              .createQuery(NEIGHBOUR)
              .bind("tenant", arrival.tenant().toString())
              .bind("source", arrival.source())
              .bind("room", occasion.room())
              .bind("id", arrival.id().toString())
              .bind("earliest", start - gap)
              .bind("latest", end + gap)
              .mapTo(String.class)
              .findOne();
        });
  }

  @Override
  public List<Arrival> list(UUID tenant, Wanted wanted, Paging paging) {
    StringBuilder sql = new StringBuilder("select * from arrival where tenant_id = :tenant");
    if (!wanted.states().isEmpty()) {
      sql.append(
          wanted.states().stream()
              .map(state -> "'" + Database.word(state) + "'")
              .collect(Collectors.joining(", ", " and state in (", ")")));
    }
    wanted.source().ifPresent(it -> sql.append(" and source = :source"));
    wanted.room().ifPresent(it -> sql.append(" and room = :room"));
    String[] after = paging.after().orElse("").split("/", 2);
    if (after.length == 2) {
      sql.append(" and (announced_ticks, arrival_id) < (:at, :id)");
    }
    sql.append(" order by announced_ticks desc, arrival_id desc limit :most");
    return database.read(
        handle -> {
          Query query =
              handle
                  .createQuery(sql.toString())
                  .bind("tenant", tenant.toString())
                  .bind("most", paging.top() + 1);
          wanted.source().ifPresent(it -> query.bind("source", it));
          wanted.room().ifPresent(it -> query.bind("room", it));
          if (after.length == 2) {
            query.bind("at", Long.parseLong(after[0])).bind("id", after[1]);
          }
          return query.map((row, context) -> ArrivalRows.arrival(row)).list();
        });
  }

  @Override
  public List<Segment> segments(Arrival arrival) {
    if (arrival.artifact().isEmpty()) {
      return List.of();
    }
    return database.read(
        handle ->
            Segment.following(
                handle
                    .createQuery(
                        "select r.artifact_id, r.created_ticks, r.ended_ticks from recording r"
                            + " where r.meeting_key = (select meeting_key from recording"
                            + " where artifact_id = :id) order by r.created_ticks, r.artifact_id"
                            + " limit 1000")
                    .bind("id", arrival.artifact().get().toString())
                    .map(
                        (row, context) ->
                            new Segment(
                                UUID.fromString(row.getString(1)),
                                row.getLong(2),
                                row.getLong(3),
                                0))
                    .list()));
  }

  @Override
  public List<Arrival> takenBack(String source, long before, int most) {
    return database.read(handle -> ArrivalRows.takenBack(handle, source, before, most));
  }

  @Override
  public Map<String, Map<State, Long>> counts() {
    Map<String, Map<State, Long>> counts = new TreeMap<>();
    database.read(
        handle ->
            handle
                .createQuery("select source, state, count(*) from arrival group by source, state")
                .map(
                    (row, context) ->
                        counts
                            .computeIfAbsent(row.getString(1), it -> new EnumMap<>(State.class))
                            .put(ArrivalRows.state(row.getString(2)), row.getLong(3)))
                .list());
    return counts;
  }

  @Override
  public Optional<Long> oldestUnfinished() {
    return database.read(
        handle ->
            Optional.ofNullable(
                handle
                    .createQuery("select min(announced_ticks) from arrival where " + UNFINISHED)
                    .mapTo(Long.class)
                    .one()));
  }

  @Override
  public boolean first(String source, String nonce, long until) {
    return database.write(
        handle ->
            handle.execute(
                    "insert into arrival_nonce (source, nonce, until_ticks) values (?, ?, ?)"
                        + " on conflict (source, nonce) do nothing",
                    source,
                    nonce,
                    until)
                == 1);
  }

  @Override
  public boolean seen(String source, String nonce) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select exists (select 1 from arrival_nonce where source = :source"
                        + " and nonce = :nonce)")
                .bind("source", source)
                .bind("nonce", nonce)
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public void tidy(long now) {
    database.write(
        handle -> handle.execute("delete from arrival_nonce where until_ticks < ?", now));
  }
}
