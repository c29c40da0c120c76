package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Entries;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.journal.Verification;
import dev.aftercall.journal.Verification.Result;
import dev.aftercall.journal.Written;
import dev.aftercall.testing.PostgresServer;
import dev.aftercall.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries of earlier versions become chains. */
final class JournalColumnsTest {
  private static final int OWN = 2_500;

  @TempDir Path dir;

  @Test
  void sqlite() throws Exception {
    chained(Database.Location.in(dir));
  }

  @Test
  void postgres() throws Exception {
    chained(PostgresServer.emptyDatabase());
  }

  private static void chained(Database.Location location) throws Exception {
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(location.url(), location.user().orElse(null), location.password().orElse(null))
        .locations("classpath:db/migration")
        .javaMigrations(new ListColumns())
        .target("6")
        .loggers("slf4j")
        .load()
        .migrate();
    UUID other = TestServer.guid("other");
    try (Connection connection =
        DriverManager.getConnection(
            location.url(), location.user().orElse(null), location.password().orElse(null))) {
      connection.setAutoCommit(false);
      insert(connection, Entries.random(TestServer.TENANT, 1, OWN), "a-");
      insert(connection, Entries.random(other, 2, 10), "b-");
      connection.commit();
    }

    try (Database database = Database.open(location)) {
      JdbcArchives store = new JdbcArchives(database);
      Verification verification = new Verification(store, Optional.empty(), List.of(), chain -> {});
      assertThat(verification.verify(TestServer.TENANT, Chain.START))
          .isInstanceOfSatisfying(
              Result.Intact.class, intact -> assertThat(intact.end().sequence()).isEqualTo(OWN));
      assertThat(verification.verify(other, Chain.START)).isInstanceOf(Result.Intact.class);
      assertThat(store.after(TestServer.TENANT, 0, OWN))
          .extracting(link -> link.written().entry().at())
          .isSorted();
      new JdbcJournalStore(database)
          .append(List.of(new Written("new", Entries.decision(TestServer.TENANT, 1))));
      assertThat(verification.verify(TestServer.TENANT, Chain.START))
          .isInstanceOf(Result.Intact.class);
    }
  }

  private static void insert(Connection connection, List<Entry> entries, String prefix)
      throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into journal (entry_id, at_ticks, request_id, tenant_id, caller_id, app_id,
                action, target_id, rule, allowed, status, bytes_sent, whole)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      int number = 0;
      for (Entry entry : entries) {
        insert.setString(1, prefix + number++);
        insert.setLong(2, entry.at());
        insert.setString(3, entry.requestId());
        insert.setString(4, entry.tenant().toString());
        insert.setString(5, entry.caller());
        insert.setString(6, entry.appId());
        insert.setString(7, entry.action());
        insert.setString(8, entry.target());
        insert.setString(9, entry.rule());
        insert.setInt(10, entry.allowed() ? 1 : 0);
        insert.setInt(11, entry.delivery().status());
        insert.setLong(12, entry.delivery().bytes());
        insert.setInt(13, entry.delivery().whole() ? 1 : 0);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
