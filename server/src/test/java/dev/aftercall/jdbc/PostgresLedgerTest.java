package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;
import java.nio.file.Path;

final class PostgresLedgerTest extends LedgerContract {
  @Override
  Database.Location location(Path dir) {
    return PostgresServer.freshDatabase();
  }
}
