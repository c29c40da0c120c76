package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcPolicies;
import dev.aftercall.jdbc.JournalReader;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.query.Paging;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.PostgresServer;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a command between what the journal hears and what it does. */
final class CommandKillTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void whatWasAttemptedIsOnRecord() throws Exception {
    Database.Location location = PostgresServer.freshDatabase();
    Path log = folder.resolve("log.txt");
    try (Database database = Database.open(location)) {
      JournalReader journal = new JournalReader(database);
      int killed =
          database.write(
              handle -> {
                // The change waits for this; the journal is free.
                handle.execute("lock table access_policy in access exclusive mode");
                Process command = policy(location, log);
                Poll.until(
                    "the attempt to be in the journal: " + log,
                    LONG,
                    () -> !command.isAlive() || !journal.last(TestServer.TENANT, 9).isEmpty());
                boolean waits = command.isAlive();
                command.destroyForcibly();
                return waits && ended(command) ? 1 : 0;
              });
      assertThat(killed).as(Files.readString(log)).isOne();
      List<Entry> entries = journal.last(TestServer.TENANT, 9);
      assertThat(entries).hasSize(1);
      assertThat(entries.getFirst().target()).isEqualTo("aftercall policy create bots --app one");
      assertThat(entries.getFirst().delivery().status()).isZero();
      assertThat(new JdbcPolicies(database).list(TestServer.TENANT, Paging.ALL).items()).isEmpty();
    }
  }

  private Process policy(Database.Location location, Path log) {
    try {
      Path config =
          Files.writeString(
              folder.resolve("aftercall.properties"),
              """
              data-dir=%s
              database.url=%s
              database.user=%s
              database.password=%s
              """
                  .formatted(
                      folder,
                      location.url(),
                      location.user().orElseThrow(),
                      location.password().orElseThrow()));
      return new ProcessBuilder(
              ServerProcess.java(
                  "policy",
                  "create",
                  "bots",
                  "--app",
                  "one",
                  "--tenant",
                  TestServer.TENANT.toString(),
                  "--config",
                  config.toString()))
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ended(Process command) {
    try {
      return command.waitFor(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
