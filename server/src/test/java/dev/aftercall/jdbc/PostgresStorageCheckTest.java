package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresStorageCheckTest extends StorageCheckContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }
}
