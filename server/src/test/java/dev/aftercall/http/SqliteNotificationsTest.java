package dev.aftercall.http;

import dev.aftercall.testing.TestServer;

final class SqliteNotificationsTest extends NotificationsContract {
  @Override
  TestServer start() {
    return new TestServer();
  }
}
