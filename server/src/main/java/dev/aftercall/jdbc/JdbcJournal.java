package dev.aftercall.jdbc;

import dev.aftercall.journal.Journal;
import dev.aftercall.time.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in SQL. Entries queue up in memory and one thread writes what has gathered in one
 * transaction, so that a request never waits for the disk on the journal's account.
 */
public final class JdbcJournal implements Journal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcJournal.class);
  private static final int MOST_WAITING = 100_000;
  private static final int BATCH = 10_000;
  private static final long GATHERED_MILLIS = 100;

  private final Database database;
  private final Ids ids;
  private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread writer;
  private volatile boolean closing;

  /** Starts the writing thread. */
  public JdbcJournal(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
    this.writer = Thread.ofPlatform().name("journal").start(this::run);
  }

  @Override
  public void record(Entry entry) {
    try {
      // A full queue makes callers wait: an access that cannot be taken down does not happen.
      waiting.put(entry);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing the journal.", e);
    }
  }

  private void run() {
    List<Entry> batch = new ArrayList<>();
    while (!closing || !waiting.isEmpty() || !batch.isEmpty()) {
      try {
        if (batch.isEmpty()) {
          Entry first = waiting.poll(200, TimeUnit.MILLISECONDS);
          if (first != null) {
            batch.add(first);
            gather();
          }
          waiting.drainTo(batch, BATCH - batch.size());
        }
        if (!batch.isEmpty()) {
          write(batch);
          batch.clear();
        }
      } catch (InterruptedException e) {
        closing = true;
      } catch (RuntimeException e) {
        LOG.error("{} journal entries could not be written; trying again", batch.size(), e);
        if (closing) {
          return;
        }
        pause();
      }
    }
  }

  /**
   * A commit waits for the disk: many entries share one, and an idle server's entry is not late.
   */
  private void gather() throws InterruptedException {
    if (!closing) {
      TimeUnit.MILLISECONDS.sleep(GATHERED_MILLIS);
    }
  }

  private void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  private void write(List<Entry> entries) {
    database.write(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  insert into journal (entry_id, at_ticks, request_id, tenant_id, caller_id, app_id,
                      action, target_id, rule, allowed, status, bytes_sent, whole)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  """);
          for (Entry entry : entries) {
            batch.add(
                ids.guid().toString(),
                entry.at(),
                entry.requestId(),
                entry.tenant().toString(),
                entry.caller(),
                entry.appId(),
                entry.action(),
                entry.target(),
                entry.rule(),
                entry.allowed() ? 1 : 0,
                entry.delivery().status(),
                entry.delivery().bytes(),
                entry.delivery().whole() ? 1 : 0);
          }
          return batch.execute();
        });
  }

  /** Writes what waits, then ends. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
