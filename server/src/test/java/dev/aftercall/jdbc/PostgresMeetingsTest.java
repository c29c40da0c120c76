package dev.aftercall.jdbc;

import dev.aftercall.testing.PostgresServer;

final class PostgresMeetingsTest extends MeetingsContract {
  @Override
  Database.Location location() {
    return PostgresServer.freshDatabase();
  }
}
