package dev.aftercall.http;

import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;

final class PostgresCloudEventsTest extends CloudEventsContract {
  @Override
  TestServer start(TestSetup.Difference difference) {
    return new TestServer(TestSetup.onPostgres(), difference);
  }
}
