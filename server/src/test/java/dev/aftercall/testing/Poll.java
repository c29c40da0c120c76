package dev.aftercall.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what happens on another thread, as short as it can and never for ever. */
public final class Poll {
  private static final long LOOKED_AT_EVERY_NANOS = 2_000_000;

  private Poll() {}

  /** Waits until the condition holds; fails when it does not within the time. */
  public static void until(String what, Duration atMost, Callable<Boolean> condition) {
    Optional<Boolean> held =
        first(atMost, () -> condition.call() ? Optional.of(true) : Optional.empty());
    if (held.isEmpty()) {
      throw new AssertionError("Within " + atMost + " it did not come about: " + what);
    }
  }

  /** Waits for a value; fails when there is none within the time. */
  public static <T> T forValue(String what, Duration atMost, Callable<Optional<T>> source) {
    return first(atMost, source)
        .orElseThrow(
            () -> new AssertionError("Within " + atMost + " it did not come about: " + what));
  }

  private static <T> Optional<T> first(Duration atMost, Callable<Optional<T>> source) {
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      while (true) {
        Optional<T> value = source.call();
        if (value.isPresent() || System.nanoTime() - deadline >= 0) {
          return value;
        }
        LockSupport.parkNanos(LOOKED_AT_EVERY_NANOS);
      }
    } catch (Exception e) {
      throw new AssertionError("The condition itself failed", e);
    }
  }
}
