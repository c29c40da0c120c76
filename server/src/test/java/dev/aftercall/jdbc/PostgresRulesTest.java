package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresRulesTest extends RulesContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }
}
