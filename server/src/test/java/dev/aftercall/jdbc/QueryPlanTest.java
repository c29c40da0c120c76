package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.meeting.CalendarQuery;
import dev.aftercall.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look-up on the way of every request goes by keys alone, in both databases. */
final class QueryPlanTest {
  private static final String LOOK_UP = JdbcCatalogue.FIND.replace("?", "'x'");

  @TempDir Path dir;

  @Test
  void sqliteSearchesByKeys() throws SQLException {
    try (Database database = Database.open(Database.Location.in(dir))) {
      List<String> plan = plan(database, "", "explain query plan " + LOOK_UP, "detail");

      assertThat(plan)
          .filteredOn(step -> !step.startsWith("CORRELATED"))
          .hasSize(3)
          .allMatch(step -> step.startsWith("SEARCH"));
    }
  }

  @Test
  void postgresReadsNoTableThrough() throws SQLException {
    try (Database database = Database.open(PostgresServer.freshDatabase())) {
      List<String> plan =
          plan(database, "set enable_seqscan = off", "explain " + LOOK_UP, "QUERY PLAN");

      assertThat(String.join("\n", plan))
          .doesNotContain("Seq Scan")
          .contains("meeting_by_thread", "participant_pkey", "recording_pkey");
    }
  }

  @Test
  void meetingsAreFoundByKeysInSqlite() throws SQLException {
    try (Database database = Database.open(Database.Location.in(dir))) {
      for (String sql : MEETINGS) {
        assertThat(plan(database, "", "explain query plan " + literal(sql), "detail"))
            .as(sql)
            .isNotEmpty()
            .allMatch(step -> !step.startsWith("SCAN"));
      }
    }
  }

  @Test
  void meetingsAreFoundByKeysInPostgres() throws SQLException {
    try (Database database = Database.open(PostgresServer.freshDatabase())) {
      for (String sql : MEETINGS) {
        assertThat(
                String.join(
                    "\n",
                    plan(
                        database,
                        "set enable_seqscan = off",
                        "explain " + literal(sql),
                        "QUERY PLAN")))
            .as(sql)
            .doesNotContain("Seq Scan");
      }
    }
  }

  private static final List<String> MEETINGS =
      List.of(
          JdbcMeetings.BY_THREAD,
          JdbcMeetings.BY_JOIN_MEETING_ID,
          JdbcMeetings.BY_VIDEO_TELECONFERENCE,
          JdbcMeetings.BY_EXTERNAL_ID,
          new CalendarSql(
                  new CalendarQuery(
                      new UUID(1, 2),
                      new UUID(3, 4),
                      List.of(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(new CalendarQuery.Position(1, new UUID(5, 6))),
                      10))
              .text());

  private static String literal(String sql) {
    return sql.replaceAll(":(limit|afterStart)", "1").replaceAll(":[a-zA-Z]+", "'x'");
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
