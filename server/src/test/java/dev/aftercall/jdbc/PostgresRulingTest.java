package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresRulingTest extends RulingContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }
}
