package dev.aftercall.arrival;

import dev.aftercall.time.Ticks;
import java.time.InstantSource;

/** Writes down what happens to arrivals, at the time it happens. */
record Steps(ArrivalStore store, InstantSource clock) {
  /** Writes a step down; where somebody was quicker, what they wrote stands. */
  Arrival written(Arrival.Change change) {
    Arrival next = change.at(now());
    return store.change(next) ? next : store.find(next.id()).orElse(next);
  }

  /** Ticks. */
  long now() {
    return Ticks.of(clock.instant());
  }
}
