package dev.aftercall.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class TestClock implements InstantSource {
  /** When every test begins unless it says otherwise. */
  public static final Instant START = Instant.parse("2026-11-23T09:30:00.0113199Z");

  private volatile Instant now;

  /** Stands at that instant. */
  public TestClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Jumps to an instant, also backwards. */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  /** Goes on. */
  public synchronized void advance(Duration step) {
    now = now.plus(step);
  }
}
