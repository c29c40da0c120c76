package dev.aftercall.http;

import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;

final class SqliteMeteringTest extends MeteringContract {
  @Override
  TestServer start(TestSetup.Difference... more) {
    return new TestServer(more);
  }
}
