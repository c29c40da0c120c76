package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;
import java.nio.file.Path;

final class PostgresJournalTest extends JournalContract {
  @Override
  Database.Location location(Path dir) {
    return PostgresServer.freshDatabase();
  }
}
