package dev.aftercall.jdbc;

import dev.aftercall.testing.SqliteFile;
import java.nio.file.Path;

final class SqliteLedgerTest extends LedgerContract {
  @Override
  Database.Location location(Path dir) {
    return SqliteFile.in(dir);
  }
}
