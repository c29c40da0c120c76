package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresPurgeTest extends PurgeContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }
}
