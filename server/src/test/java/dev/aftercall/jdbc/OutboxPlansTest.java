package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the outbox asks in each turn and each minute goes by keys, however much waits. */
final class OutboxPlansTest {
  /** What may be read through: a row a tenant, and lanes when the unused ones are looked for. */
  private static final String SMALL =
      "SCAN (t|c|l|waiting|counted|k|\\(subquery.*|CONSTANT ROW)( USING.*)?";

  @TempDir Path dir;

  private static List<String> statements() {
    return List.of(
        JdbcOutbox.DUE,
        JdbcOutbox.OVER,
        JdbcOutbox.HELD,
        JdbcOutbox.ANYTHING,
        FanOut.CHANGED,
        FanOut.CHALLENGED,
        FanOut.SUBSCRIBED.replace("<topics>", "'a', 'b'"),
        SettledRows.HIT,
        SettledRows.BURIED,
        WaitingRows.IN_LANE,
        UnusedLanes.CANDIDATES,
        UnusedLanes.DELETE,
        OutboxGauges.CHANGES,
        OutboxGauges.OLDEST,
        SubscriptionDesk.SUBSCRIPTIONS,
        SubscriptionDesk.SINKS);
  }

  @Test
  void sqliteSearchesByKeys() throws SQLException {
    try (Database database = Database.open(Database.Location.in(dir))) {
      for (String sql : statements()) {
        assertThat(plan(database, "", "explain query plan " + literal(sql), "detail"))
            .as(sql)
            .filteredOn(step -> step.startsWith("SCAN"))
            .allMatch(step -> step.matches(SMALL));
      }
    }
  }

  @Test
  void postgresReadsNoTableThrough() throws SQLException {
    try (Database database = Database.open(PostgresServer.freshDatabase())) {
      for (String sql : statements()) {
        assertThat(
                plan(database, "set enable_seqscan = off", "explain " + literal(sql), "QUERY PLAN"))
            .as(sql)
            .filteredOn(step -> step.contains("Seq Scan"))
            .allMatch(step -> step.matches(".*Seq Scan on (notification_lane l|change_counter).*"));
      }
    }
  }

  @Test
  void theOldestOfALaneIsFoundInItsIndex() throws SQLException {
    try (Database database = Database.open(Database.Location.in(dir))) {
      for (String sql : List.of(SettledRows.BURIED, OutboxGauges.OLDEST)) {
        assertThat(plan(database, "", "explain query plan " + literal(sql), "detail"))
            .as(sql)
            .anyMatch(step -> step.contains("notification_by_age"));
      }
    }
  }

  private static String literal(String sql) {
    return sql.replaceAll(":(most|now|before|after|position|at|suspect)\\b", "10")
        .replaceAll(":[a-zA-Z]+", "'x'");
  }

  private static List<String> plan(Database database, String before, String explain, String column)
      throws SQLException {
    List<String> steps = new ArrayList<>();
    try (Connection connection = database.readConnection();
        Statement statement = connection.createStatement()) {
      if (!before.isEmpty()) {
        statement.execute(before);
      }
      try (ResultSet rows = statement.executeQuery(explain)) {
        while (rows.next()) {
          steps.add(rows.getString(column));
        }
      }
    }
    return steps;
  }
}
