package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.scim.FilterReader;
import dev.aftercall.storage.Finding;
import dev.aftercall.storage.Runs;
import dev.aftercall.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked over and over while a store is checked and a directory syncs goes by keys. */
final class GovernancePlansTest {
  @TempDir Path dir;

  private static List<String> statements() {
    List<String> all = new ArrayList<>();
    for (String table : List.of("recording", "transcript")) {
      for (String sql :
          List.of(
              JdbcPromises.AFTER,
              JdbcPromises.FIND,
              JdbcPromises.NEXT_TENANT,
              JdbcKnownPeople.ORGANIZERS)) {
        all.add(sql.replace("<table>", table));
      }
    }
    all.add(JdbcPromises.UNDER_WAY);
    all.add(JdbcPromises.KEEPING);
    all.add(StorageFindings.SUSPECTS);
    all.add(
        StorageFindings.sql(
            new Runs.Query(
                Optional.of(new UUID(1, 2)),
                Set.of(Finding.State.OPEN),
                Optional.empty(),
                Optional.of(new Runs.After("x", Finding.Kind.HASH)),
                10)));
    for (String filter : List.of("userName eq \"a\"", "externalId eq \"a\"", "id eq \"a\"")) {
      all.add(
          "select * from scim_user where tenant_id = :tenant and "
              + new ScimSql(ScimSql.USER).condition(FilterReader.read(filter)));
    }
    for (String filter : List.of("displayName eq \"a\"", "members.value eq \"a\"")) {
      all.add(
          "select * from scim_group where tenant_id = :tenant and "
              + new ScimSql(ScimSql.GROUP).condition(FilterReader.read(filter)));
    }
    return all;
  }

  @Test
  void sqliteSearchesByKeys() throws SQLException {
    try (Database database = Database.open(Database.Location.in(dir))) {
      for (String sql : statements()) {
        assertThat(plan(database, "", "explain query plan " + literal(sql), "detail"))
            .as(sql)
            .noneMatch(step -> step.matches("SCAN (recording|transcript|upload|storage|scim).*"));
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
            .noneMatch(step -> step.contains("Seq Scan"));
      }
    }
  }

  private static String literal(String sql) {
    return sql.replaceAll(":limit", "10").replaceAll(":[a-zA-Z]+\\d*", "'x'");
  }

  private static List<String> plan(Database database, String before, String explain, String column)
      throws SQLException {
    List<String> steps = new ArrayList<>();
    try (Connection connection = database.readConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : Stream.of(before).filter(text -> !text.isEmpty()).toList()) {
        statement.execute(sql);
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
