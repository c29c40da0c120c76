package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.Explanation;
import dev.aftercall.journal.Journal;
import dev.aftercall.testing.TestClock;
import dev.aftercall.time.Ticks;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why requests were refused, found again. */
final class RefusalsTest {
  private static final UUID TENANT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final int REFUSALS = 200;

  @TempDir Path folder;

  @Test
  void aRefusalIsFoundAlsoWhileAnotherWritesItDown() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (Database database = Database.open(Database.Location.in(folder))) {
      JdbcRefusals refusals = new JdbcRefusals(database, new TestClock(TestClock.START));
      Journal journal = refusals.keeping(entry -> {});
      Thread another =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!over.get()) {
                      refusals.flush();
                      Thread.onSpinWait();
                    }
                  });
      try {
        for (int i = 0; i < REFUSALS; i++) {
          journal.refused(entry("request-" + i), why());
          assertThat(refusals.find(TENANT, "request-" + i)).as("request-%s", i).isPresent();
        }
      } finally {
        over.set(true);
        another.join();
      }
    }
  }

  private static Explanation why() {
    return new Explanation(false, "", "RoleMissing", "No.", "Grant it.", List.of());
  }

  private static Journal.Entry entry(String request) {
    return new Journal.Entry(
        Ticks.of(TestClock.START),
        request,
        TENANT,
        "app",
        "app",
        "admin",
        "GET /",
        "RoleMissing",
        false,
        Journal.Delivery.NONE);
  }
}
