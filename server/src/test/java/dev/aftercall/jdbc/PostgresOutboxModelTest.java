package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresOutboxModelTest extends OutboxModelContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }
}
