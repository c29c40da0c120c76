package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random histories of subscribers, recordings, deliveries, failures and deaths of nodes: whoever
 * subscribed is told of everything behind the position they began at, or it was given up and lies
 * among the dead; nobody is told of anything else, and of nothing before what came earlier. {@code
 * -Daftercall.test.histories=3000} takes minutes, {@code -Daftercall.test.seed} others.
 */
abstract class OutboxModelContract {
  private static final int HISTORIES = Integer.getInteger("aftercall.test.histories", 15);
  private static final long SEED = Long.getLong("aftercall.test.seed", 6_006L);

  private Database database;

  abstract Database.Location location();

  @BeforeEach
  void open() {
    database = Database.open(location());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everybodyIsToldWhateverHappens() {
    Map<String, Integer> met = new HashMap<>();
    Stock stock = new Stock(database);
    for (int number = 0; number < HISTORIES; number++) {
      new OutboxHistory(database, stock, SEED, number, met).live();
    }
    assertThat(met.keySet())
        .as("what happened at all in %s histories", HISTORIES)
        .contains("told", "told again", "given up", "deaths", "ended", "moved", "lost");
    System.out.printf("%d histories: %s%n", HISTORIES, met);
  }
}
