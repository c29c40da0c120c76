package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresCatalogueTest extends CatalogueContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }
}
