package dev.aftercall.fetch.web;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends a fetch that makes no headway. Timeouts of sockets count silence: whoever drips a byte now
 * and then would never end. Counted is the time spent waiting, not the time our own disk takes.
 */
final class Watch implements AutoCloseable {
  private static final int LOOKS = 8;

  private final long leastBytes;
  private final Runnable end;
  private final LongSupplier nanoTime;
  private final ScheduledFuture<?> looking;
  private long patience;
  private long waited;
  private long got;
  private long since;
  private boolean waiting;
  private boolean over;

  /**
   * Starts looking.
   *
   * @param look how long one wait may take at least, in any stage
   * @param leastBytes that renew the patience
   * @param nanoTime counts on, from anywhere
   * @param end closes the connection, from another thread
   */
  Watch(
      ScheduledExecutorService timer,
      Duration look,
      long leastBytes,
      LongSupplier nanoTime,
      Runnable end) {
    this.leastBytes = leastBytes;
    this.nanoTime = nanoTime;
    this.end = end;
    long period = Math.max(1, look.toMillis() / LOOKS);
    this.looking = timer.scheduleAtFixedRate(this::look, period, period, TimeUnit.MILLISECONDS);
  }

  /** From now on so long may be waited. */
  synchronized void patience(Duration next) {
    patience = next.toNanos();
    waited = 0;
    got = 0;
  }

  synchronized void begin() {
    waiting = true;
    since = nanoTime.getAsLong();
  }

  synchronized void end(long bytes) {
    waiting = false;
    waited += nanoTime.getAsLong() - since;
    over |= waited > patience;
    got += bytes;
    if (got >= leastBytes) {
      got = 0;
      waited = 0;
    }
  }

  /** Whether it took too long. */
  synchronized boolean over() {
    return over;
  }

  private void look() {
    synchronized (this) {
      if (!waiting || waited + nanoTime.getAsLong() - since <= patience) {
        return;
      }
      over = true;
    }
    end.run();
  }

  @Override
  public void close() {
    looking.cancel(false);
  }
}
