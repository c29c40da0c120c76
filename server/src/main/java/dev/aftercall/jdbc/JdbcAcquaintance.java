package dev.aftercall.jdbc;

import dev.aftercall.journal.Journal;
import dev.aftercall.ruling.Acquaintance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Who is known in a tenant, in SQL. Callers are noted where the journal hears of them, in memory
 * first: a request waits for no disk on their account, and one forgotten by a crash calls again.
 */
public final class JdbcAcquaintance implements Acquaintance {
  /** More are forgotten and noted anew; nobody has so many applications and people at a time. */
  private static final int MOST_REMEMBERED = 200_000;

  private final Database database;
  private final Map<Known, Boolean> remembered = new ConcurrentHashMap<>();
  private final Map<Known, Long> waiting = new ConcurrentHashMap<>();

  private record Known(UUID tenant, String kind, String id) {}

  /** Keeps them in that database. */
  public JdbcAcquaintance(Database database) {
    this.database = database;
  }

  /** The same journal, whose callers are noted. */
  public Journal noting(Journal journal) {
    return entry -> {
      journal.record(entry);
      note(new Known(entry.tenant(), "app", entry.appId()), entry.at());
      if (!entry.caller().equals(entry.appId())) {
        note(new Known(entry.tenant(), "user", entry.caller()), entry.at());
      }
    };
  }

  private void note(Known caller, long at) {
    if (remembered.putIfAbsent(caller, true) == null) {
      if (remembered.size() > MOST_REMEMBERED) {
        remembered.clear();
      }
      waiting.put(caller, at);
    }
  }

  /** Writes down who is new; to be done every now and then. */
  public void flush() {
    List<Map.Entry<Known, Long>> batch = new ArrayList<>(waiting.entrySet());
    if (batch.isEmpty()) {
      return;
    }
    database.write(
        handle -> {
          PreparedBatch insert =
              handle.prepareBatch(
                  "insert into known_caller (tenant_id, caller_kind, caller_id, first_ticks)"
                      + " values (?, ?, ?, ?) on conflict do nothing");
          batch.forEach(
              entry ->
                  insert.add(
                      entry.getKey().tenant().toString(),
                      entry.getKey().kind(),
                      entry.getKey().id(),
                      entry.getValue()));
          return insert.execute();
        });
    batch.forEach(entry -> waiting.remove(entry.getKey()));
  }

  @Override
  public List<String> unknownApps(UUID tenant, List<String> appIds) {
    flush();
    return appIds.stream().filter(app -> !called(tenant, "app", app)).toList();
  }

  @Override
  public boolean knowsPerson(UUID tenant, UUID person) {
    flush();
    return called(tenant, "user", person.toString())
        || database.read(
            handle ->
                handle
                    .createQuery(
                        "select 1 from participant p join meeting m"
                            + " on m.meeting_key = p.meeting_key and m.tenant_id = :tenant"
                            + " where p.person_id = :person limit 1")
                    .bind("tenant", tenant.toString())
                    .bind("person", person.toString())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
  }

  private boolean called(UUID tenant, String kind, String id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select 1 from known_caller where tenant_id = :tenant"
                        + " and caller_kind = :kind and caller_id = :id")
                .bind("tenant", tenant.toString())
                .bind("kind", kind)
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  @Override
  public boolean knowsThread(UUID tenant, String threadId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select 1 from meeting where tenant_id = :tenant and thread_id = :thread")
                .bind("tenant", tenant.toString())
                .bind("thread", threadId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }
}
