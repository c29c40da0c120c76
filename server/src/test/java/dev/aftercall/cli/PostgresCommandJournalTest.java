package dev.aftercall.cli;

import dev.aftercall.jdbc.Database;
import dev.aftercall.testing.PostgresServer;
import java.nio.file.Path;

final class PostgresCommandJournalTest extends CommandJournalContract {
  @Override
  Database.Location location(Path dataDir) {
    return PostgresServer.freshDatabase();
  }
}
