package dev.aftercall.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * SQLite's one writer: a platform thread, where the wait for the disk holds no carrier of virtual
 * threads. What has gathered while it waited shares the next transaction, and with it the next wait
 * (group commit). Each work stands behind a savepoint of its own: one that fails takes nothing of
 * the others with it, and nobody is told of success before the commit.
 */
final class SqliteWriter implements AutoCloseable {
  /** Works that share a transaction; more would only make the first of them wait. */
  private static final int MOST = 64;

  private static final String WORK = "work";

  private final Supplier<Jdbi> jdbi;
  private final BlockingQueue<Job<?>> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** Nothing comes behind it. */
  private final Job<Boolean> last = new Job<>(handle -> true);

  private boolean closed;

  /** One work, and who waits for it. */
  private static final class Job<T> {
    private final Database.Work<T> work;
    private final CompletableFuture<T> told = new CompletableFuture<>();
    private Runnable success = () -> {};

    Job(Database.Work<T> work) {
      this.work = work;
    }

    void run(Handle handle) {
      T result = work.with(handle);
      success = () -> told.complete(result);
    }
  }

  SqliteWriter(Supplier<Jdbi> jdbi) {
    this.jdbi = jdbi;
    this.thread = Thread.ofPlatform().daemon().name("sqlite-writer").unstarted(this::run);
    thread.start();
  }

  /** Works in a transaction; committed and durable when this returns. */
  <T> T write(Database.Work<T> work) {
    Job<T> job = new Job<>(work);
    add(job);
    try {
      return job.told.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default ->
            throw new IllegalStateException("Writing the catalogue failed.", e.getCause());
      }
    }
  }

  private synchronized void add(Job<?> job) {
    if (closed) {
      throw new IllegalStateException("The catalogue is closed.");
    }
    waiting.add(job);
  }

  private void run() {
    List<Job<?>> batch = new ArrayList<>();
    try {
      while (batch.isEmpty() || batch.getLast() != last) {
        batch.clear();
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST - 1);
        write(batch);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread.", e);
    }
  }

  private void write(List<Job<?>> batch) {
    List<Job<?>> done = new ArrayList<>();
    try {
      jdbi.get()
          .useTransaction(
              handle -> {
                for (Job<?> job : batch) {
                  if (attempt(handle, job)) {
                    done.add(job);
                  }
                }
              });
      done.forEach(job -> job.success.run());
    } catch (Throwable e) {
      // SQLite itself rolls everything back when its disk is full or fails.
      batch.forEach(job -> fail(job, e));
    }
  }

  /** Whether the work is done; who asked for one that failed is told so at once. */
  private static boolean attempt(Handle handle, Job<?> job) {
    handle.savepoint(WORK);
    try {
      job.run(handle);
      handle.releaseSavepoint(WORK);
      return true;
    } catch (Throwable e) {
      try {
        handle.rollbackToSavepoint(WORK);
      } catch (RuntimeException gone) {
        // Of the two, what happened first tells those who wait what is wrong.
        gone.addSuppressed(e);
        throw e;
      }
      fail(job, e);
      return false;
    }
  }

  private static void fail(Job<?> job, Throwable e) {
    job.told.completeExceptionally(e);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (!closed) {
        closed = true;
        waiting.add(last);
      }
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
