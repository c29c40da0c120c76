package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresRetentionModelTest extends RetentionModelContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }
}
