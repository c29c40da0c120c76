package dev.aftercall.storage;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Holds a run back, so that it takes no more of the store than it was given. */
public final class Pace {
  /** As fast as it goes. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final long PER_SECOND = 1_000_000_000L;
  private static final long WORTH_WAITING = PER_SECOND / 200;

  private final long bytesPerSecond;
  private final long looksPerSecond;
  private final LongSupplier nanos;
  private long due;

  /**
   * A pace.
   *
   * @param bytesPerSecond read to be hashed
   * @param looksPerSecond compared
   * @param nanos a clock that never jumps
   */
  public Pace(long bytesPerSecond, long looksPerSecond, LongSupplier nanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.looksPerSecond = looksPerSecond;
    this.nanos = nanos;
    this.due = nanos.getAsLong();
  }

  void read(long bytes) {
    spend(bytes, bytesPerSecond);
  }

  void looked() {
    spend(1, looksPerSecond);
  }

  /**
   * Waits until the spending so far is within the pace; what was saved up is a tenth of a second.
   */
  private void spend(long amount, long perSecond) {
    if (perSecond == UNBOUNDED) {
      return;
    }
    long now = nanos.getAsLong();
    due = Math.max(due, now - PER_SECOND / 10) + cost(amount, perSecond);
    long wait = due - now;
    if (wait > WORTH_WAITING) {
      LockSupport.parkNanos(wait);
    }
  }

  private static long cost(long amount, long perSecond) {
    return (long) ((double) amount / perSecond * PER_SECOND);
  }
}
