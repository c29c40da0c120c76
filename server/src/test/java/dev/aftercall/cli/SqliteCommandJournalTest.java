package dev.aftercall.cli;

import dev.aftercall.jdbc.Database;
import dev.aftercall.testing.SqliteFile;
import java.nio.file.Path;

final class SqliteCommandJournalTest extends CommandJournalContract {
  @Override
  Database.Location location(Path dataDir) {
    return SqliteFile.in(dataDir);
  }
}
