package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresInventoryTest extends InventoryContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }
}
