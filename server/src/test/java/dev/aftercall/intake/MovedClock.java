package dev.aftercall.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when told to. */
final class MovedClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-23T12:00:00.1234567Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }
}
