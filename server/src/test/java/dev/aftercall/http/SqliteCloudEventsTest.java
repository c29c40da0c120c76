package dev.aftercall.http;

import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;

final class SqliteCloudEventsTest extends CloudEventsContract {
  @Override
  TestServer start(TestSetup.Difference difference) {
    return new TestServer(difference);
  }
}
