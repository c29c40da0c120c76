package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class DiskLeavingClientTest extends FileDeliveryContract {
  private static final int SLOW_CLIENTS = 300;

  private final TestServer server = new TestServer(TestSetup.idle(IDLE));

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  TestServer server() {
    return server;
  }

  @Test
  void slowClientsHoldNobodyUp() {
    List<RawHttp> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        slow.add(RawHttp.to(server).send(request(server, recorded(), "")));
      }
      for (RawHttp client : slow) {
        assertThat(client.head().getFirst()).isEqualTo("HTTP/1.1 200 OK");
      }
      // All of them are mid-way now, and read no further.
      String token = server.user(TestServer.ORGANIZER);
      for (int i = 0; i < 50; i++) {
        HttpResponse<byte[]> answer = server.get(recorded().path(), token);
        assertThat(answer.statusCode()).isEqualTo(200);
      }
      assertThat(server.get(recorded().contentPath(), token, "Range", "bytes=0-9").body())
          .hasSize(10);
    } finally {
      slow.forEach(RawHttp::close);
    }
  }
}
