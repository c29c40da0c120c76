package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresRulesModelTest extends RulesModelContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }

  @Override
  int histories() {
    return 1000;
  }
}
