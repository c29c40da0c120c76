package dev.aftercall.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.aftercall.access.Explanation;
import dev.aftercall.access.RefusedRequest;
import dev.aftercall.access.RefusedRequests;
import dev.aftercall.journal.Journal;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why requests were refused, in SQL. They queue up in memory, and what does not fit is dropped: the
 * journal has the refusal itself, and whoever floods a server shall not fill its disk.
 */
public final class JdbcRefusals implements RefusedRequests {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcRefusals.class);
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_KEPT = 200_000;

  private final Database database;
  private final InstantSource clock;
  private final ReentrantLock flushing = new ReentrantLock();
  private final BlockingQueue<RefusedRequest> waiting = new LinkedBlockingQueue<>(MOST_WAITING);

  /** Keeps them in that database. */
  public JdbcRefusals(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The same journal, whose refusals are kept with their reasons. */
  public Journal keeping(Journal journal) {
    return new Journal() {
      @Override
      public void record(Entry entry) {
        journal.record(entry);
      }

      @Override
      public void refused(Entry entry, Explanation why) {
        journal.record(entry);
        boolean kept =
            waiting.offer(
                new RefusedRequest(
                    entry.requestId(),
                    entry.at(),
                    entry.tenant(),
                    entry.caller(),
                    entry.appId(),
                    entry.action(),
                    entry.target(),
                    why));
        if (!kept) {
          LOG.debug("{} is not explained: too many refusals at a time", entry.requestId());
        }
      }
    };
  }

  /** Writes down what waits; to be done every now and then. */
  public void flush() {
    // Whoever flushes before looking must not pass by a batch that another is writing.
    flushing.lock();
    try {
      write();
    } finally {
      flushing.unlock();
    }
  }

  private void write() {
    List<RefusedRequest> batch = new ArrayList<>();
    waiting.drainTo(batch);
    if (batch.isEmpty()) {
      return;
    }
    database.write(
        handle -> {
          PreparedBatch insert =
              handle.prepareBatch(
                  "insert into refusal (tenant_id, request_id, at_ticks, caller_id, app_id,"
                      + " action, target, chain) values (?, ?, ?, ?, ?, ?, ?, ?)"
                      + " on conflict do nothing");
          for (RefusedRequest one : batch) {
            insert.add(
                one.tenant().toString(),
                one.requestId(),
                one.at(),
                one.caller(),
                one.appId(),
                one.action(),
                one.target(),
                written(one.why()));
          }
          return insert.execute();
        });
  }

  /** Forgets what is older than seven days, and the oldest of very many. */
  public void prune() {
    long oldest = Ticks.of(clock.instant().minus(KEPT));
    database.write(
        handle -> {
          handle.execute("delete from refusal where at_ticks < ?", oldest);
          return handle.execute(
              "delete from refusal where at_ticks <= (select at_ticks from refusal"
                  + " order by at_ticks desc limit 1 offset ?)",
              MOST_KEPT);
        });
  }

  @Override
  public Optional<RefusedRequest> find(UUID tenant, String requestId) {
    flush();
    long oldest = Ticks.of(clock.instant().minus(KEPT));
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select at_ticks, caller_id, app_id, action, target, chain from refusal"
                        + " where tenant_id = :tenant and request_id = :request"
                        + " and at_ticks >= :oldest")
                .bind("tenant", tenant.toString())
                .bind("request", requestId)
                .bind("oldest", oldest)
                .map(
                    (row, context) ->
                        new RefusedRequest(
                            requestId,
                            row.getLong(1),
                            tenant,
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            read(row.getString(6))))
                .findOne());
  }

  private static String written(Explanation why) {
    try {
      return Json.MAPPER.writeValueAsString(why);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An explanation could not be written.", e);
    }
  }

  private static Explanation read(String chain) {
    try {
      return Json.MAPPER.readValue(chain, Explanation.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An explanation could not be read.", e);
    }
  }
}
