package dev.aftercall.jdbc;

import java.nio.file.Path;

final class SqliteLedgerTest extends LedgerContract {
  @Override
  Database.Location location(Path dir) {
    return Database.Location.in(dir);
  }
}
