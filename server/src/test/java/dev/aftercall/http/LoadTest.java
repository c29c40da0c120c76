package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.testing.Poll;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** More requests than may be worked on are told to come back, as a Graph error. */
final class LoadTest {
  @Test
  void oneTooManyIsToldToComeBack() {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    Route waiting =
        Route.of(
            "GET",
            "/test/wait",
            Route.Admission.PUBLIC,
            request -> {
              inside.incrementAndGet();
              assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
              return Answer.empty(204);
            });
    try (TestServer server = new TestServer(TestSetup.inFlight(2), TestSetup.route(waiting));
        RawHttp one = RawHttp.to(server);
        RawHttp two = RawHttp.to(server)) {
      Recorded recorded = server.record();
      String token = server.user(TestServer.ORGANIZER);
      one.send("GET /test/wait HTTP/1.1\r\nHost: x\r\n\r\n");
      two.send("GET /test/wait HTTP/1.1\r\nHost: x\r\n\r\n");
      Poll.until("both are being worked on", Duration.ofSeconds(10), () -> inside.get() == 2);

      HttpResponse<byte[]> busy = server.get(recorded.path(), token);

      assertThat(busy.statusCode()).isEqualTo(503);
      assertThat(RangeContract.field(busy, "Retry-After")).isEqualTo("1");
      assertThat(new String(busy.body(), StandardCharsets.UTF_8))
          .startsWith("{\"error\":{\"code\":\"ServiceUnavailable\"");
      go.countDown();
      assertThat(one.read(false).status()).isEqualTo(204);
      assertThat(two.read(false).status()).isEqualTo(204);
      Poll.until(
          "places are free again",
          Duration.ofSeconds(10),
          () -> server.get(recorded.path(), token).statusCode() == 200);
    }
  }
}
