package dev.aftercall.http;

import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import org.junit.jupiter.api.AfterAll;

/** The same over TLS, where the kernel sends no files by itself. */
final class TlsLeavingClientTest extends FileDeliveryContract {
  private final TestServer server = new TestServer(TestSetup.overTls(), TestSetup.idle(IDLE));

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  TestServer server() {
    return server;
  }
}
