package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresExpiryJournalTest extends ExpiryJournalContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }
}
