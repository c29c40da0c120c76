package dev.aftercall.time;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does small things over and over, one at a time, on one thread of its own. */
public final class Repeating implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("repeating").factory());

  /** A small thing to do. */
  @FunctionalInterface
  public interface Chore {
    /** Does it once. */
    void run() throws Exception;
  }

  /** Does it after each pause of that length; a failure is logged and does not end it. */
  public void every(Duration pause, String name, Chore chore) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                chore.run();
              } catch (Exception e) {
                LOG.warn("Could not {}; trying again in {}", name, pause, e);
              }
            },
            pause.toMillis(),
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
