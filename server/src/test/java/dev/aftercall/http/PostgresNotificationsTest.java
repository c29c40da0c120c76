package dev.aftercall.http;

import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;

final class PostgresNotificationsTest extends NotificationsContract {
  @Override
  TestServer start() {
    return new TestServer(TestSetup.onPostgres());
  }
}
