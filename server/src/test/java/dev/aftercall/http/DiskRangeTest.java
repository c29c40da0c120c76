package dev.aftercall.http;

import dev.aftercall.testing.TestServer;
import org.junit.jupiter.api.AfterAll;

final class DiskRangeTest extends RangeContract {
  private final TestServer server = new TestServer();

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  TestServer server() {
    return server;
  }
}
