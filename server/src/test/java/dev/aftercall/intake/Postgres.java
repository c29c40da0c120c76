package dev.aftercall.intake;

import dev.aftercall.jdbc.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Optional;

/** A PostgreSQL server of a test class's own. */
final class Postgres implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final Database database;

  Postgres() throws IOException {
    server = EmbeddedPostgres.start();
    database =
        Database.open(
            new Database.Location(
                server.getJdbcUrl("postgres", "postgres"),
                Optional.of("postgres"),
                Optional.of("postgres"),
                8));
  }

  Database database() {
    return database;
  }

  @Override
  public void close() throws IOException {
    database.close();
    server.close();
  }
}
