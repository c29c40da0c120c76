package dev.aftercall.throttle;

import io.github.bucket4j.TimeMeter;
import java.time.Instant;
import java.time.InstantSource;

/** The product's clock as Bucket4j reads it. */
public final class ClockTime implements TimeMeter {
  private static final long NANOS = 1_000_000_000L;

  private final InstantSource clock;

  /** Reads that clock. */
  public ClockTime(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public long currentTimeNanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * NANOS + now.getNano();
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
