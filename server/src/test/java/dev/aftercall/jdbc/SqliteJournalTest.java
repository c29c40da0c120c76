package dev.aftercall.jdbc;

import dev.aftercall.testing.SqliteFile;
import java.nio.file.Path;

final class SqliteJournalTest extends JournalContract {
  @Override
  Database.Location location(Path dir) {
    return SqliteFile.in(dir);
  }
}
