package dev.aftercall.jdbc;

import java.nio.file.Path;

final class SqliteJournalTest extends JournalContract {
  @Override
  Database.Location location(Path dir) {
    return Database.Location.in(dir);
  }
}
