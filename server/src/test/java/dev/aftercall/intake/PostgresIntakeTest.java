package dev.aftercall.intake;

import dev.aftercall.jdbc.Database;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** PostgreSQL and files. */
final class PostgresIntakeTest extends IntakeContract {
  private static Postgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = new Postgres();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Override
  Database database() {
    return postgres.database();
  }
}
