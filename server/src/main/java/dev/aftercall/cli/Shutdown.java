package dev.aftercall.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends a server in good order when the process is told to end. */
final class Shutdown {
  private Shutdown() {}

  /** Closes on SIGTERM or SIGINT, then lets the command go on. */
  static void closeOnSignal(AutoCloseable server, CountDownLatch stopped) {
    AtomicBoolean done = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (done.compareAndSet(false, true)) {
                    try {
                      server.close();
                    } catch (Exception e) {
                      System.err.println("aftercall: " + e.getMessage());
                    }
                  }
                  stopped.countDown();
                },
                "shutdown"));
  }
}
