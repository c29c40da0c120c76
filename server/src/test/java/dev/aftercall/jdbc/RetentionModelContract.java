package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.retention.Certificates;
import dev.aftercall.retention.Outlook;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.testing.TestClock;
import dev.aftercall.time.Ids;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random histories of retention, holds and deletion, against {@link ModelArchive}: after every step
 * both say the same of every item, of what Graph shows, of every certificate and of every byte.
 * {@code -Daftercall.test.histories=3000} takes minutes, {@code -Daftercall.test.seed} others.
 */
abstract class RetentionModelContract {
  private static final int HISTORIES = Integer.getInteger("aftercall.test.histories", 100);
  private static final long SEED = Long.getLong("aftercall.test.seed", 4_711L);
  private static final String KEY = Certificates.newKey();
  private static final RetentionSettings SETTINGS =
      new RetentionSettings(
          Optional.empty(),
          Optional.of(ModelArchive.DEFAULT),
          Duration.ofDays(ModelArchive.TRASH),
          Duration.ofDays(ModelArchive.WARN),
          10,
          Duration.ofDays(ModelArchive.STEP));

  private final Ids ids = Ids.repeatable(SEED);
  private final TestClock clock = new TestClock(TestClock.START);
  private final MemoryContents contents = new MemoryContents();
  private Database database;
  private RetentionHouse house;

  /** A database with nothing in it but the schema. */
  abstract Database.Location location();

  @BeforeEach
  void openDatabase() {
    Logger.getLogger("dev.aftercall.retention").setLevel(Level.OFF);
    database = Database.open(location());
    JdbcTrash trash = new JdbcTrash(database);
    RetentionRun.Rooms rooms =
        new RetentionRun.Rooms(
            new JdbcArchive(database),
            trash,
            new JdbcHolds(database),
            new JdbcRetentionRules(database),
            new JdbcRunState(database),
            new JdbcDisposals(database),
            contents,
            new Certificates(KEY));
    house =
        new RetentionHouse(
            ids,
            clock,
            contents,
            database,
            rooms.archive(),
            trash,
            rooms.holds(),
            rooms.rules(),
            new RetentionRun(rooms, SETTINGS, entry -> {}, ids, clock),
            new Outlook(rooms, SETTINGS));
  }

  @AfterEach
  void closeDatabase() {
    database.close();
    Logger.getLogger("dev.aftercall.retention").setLevel(null);
  }

  @Test
  void everyHistoryGoesAsTheModelSays() {
    Map<String, Integer> met = new HashMap<>();
    for (int number = 0; number < HISTORIES; number++) {
      new RetentionHistory(house, SEED, number, met).live();
    }
    assertThat(met.keySet())
        .as("what happened at all in %s histories", HISTORIES)
        .contains("expired", "purged", "held back", "restored", "CLOCK_BEHIND", "CLOCK_AHEAD");
    System.out.printf("%d histories: %s%n", HISTORIES, met);
  }
}
