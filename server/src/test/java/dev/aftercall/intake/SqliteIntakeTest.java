package dev.aftercall.intake;

import dev.aftercall.jdbc.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** As start-dev keeps it: SQLite and files. */
final class SqliteIntakeTest extends IntakeContract {
  private static Database database;

  @BeforeAll
  static void start(@TempDir Path folder) {
    database = Database.open(Database.Location.in(folder));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Override
  Database database() {
    return database;
  }
}
