package dev.aftercall.arrival;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Rung when something may be due; heard once, however often it was rung meanwhile. */
public final class Doorbell {
  private final Semaphore rung = new Semaphore(0);

  /** Rings. */
  public void ring() {
    rung.release();
  }

  /** Waits until it is rung, but no longer than that. */
  void await(Duration most) throws InterruptedException {
    boolean _ = rung.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
    rung.drainPermits();
  }
}
