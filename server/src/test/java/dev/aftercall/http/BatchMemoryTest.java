package dev.aftercall.http;

import static dev.aftercall.http.BatchCalls.item;
import static dev.aftercall.http.BatchCalls.statuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aftercall.testing.Media;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What batches hold in memory, and for how long. */
final class BatchMemoryTest {
  @Test
  void aClientThatLeavesGetsItsBytesNotCounted() throws IOException {
    try (TestServer server = new TestServer()) {
      String organizer = server.user(TestServer.ORGANIZER);
      BatchCalls calls = new BatchCalls(server, organizer);
      Recorded most = server.handOver().bytes(Media.mp4(Batch.LARGEST_PART)).keep();
      String body =
          "{\"requests\":["
              + String.join(
                  ",",
                  IntStream.range(0, 4)
                      .mapToObj(i -> item("" + i, "GET", most.contentPath()))
                      .toList())
              + "]}";
      String id;
      try (RawHttp raw = RawHttp.to(server)) {
        raw.send(
            "POST /v1.0/$batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + organizer
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
        assertThat(raw.head().getFirst()).isEqualTo("HTTP/1.1 200 OK");
        String start = new String(raw.readExactly(400), UTF_8);
        id = start.replaceAll("(?s).*?\"request-id\":\"([^\"]*)\".*", "$1");
      }
      var delivery = server.journal(id).delivery();
      assertThat(delivery.whole()).isFalse();
      assertThat(delivery.bytes()).isZero();
      assertThat(statuses(calls.batch(item("1", "GET", most.contentPath())))).containsExactly(200);
    }
  }

  @Test
  void batchesTogetherHoldSoMuchAndNoMore() {
    BatchMemory memory = new BatchMemory(100);
    BatchMemory.Share one = memory.share();
    one.take(60);
    try (BatchMemory.Share other = memory.share()) {
      other.take(40);
      assertThatExceptionOfType(GraphException.class)
          .isThrownBy(() -> other.take(1))
          .matches(e -> e.code() == ErrorCode.SERVICE_UNAVAILABLE)
          .matches(e -> e.headers().equals(Map.of("Retry-After", "1")));
    }
    one.close();
    one.close();
    assertThat(memory.left()).isEqualTo(100);
  }

  @Test
  void memoryIsTakenAsBytesComeAndNotAsTheyAreAnnounced() throws IOException {
    List<Integer> taken = new ArrayList<>();
    Request announcing = sending(70_000);

    assertThat(SmallBody.read(announcing, 4_194_304, Duration.ofSeconds(9), taken::add))
        .hasValueSatisfying(body -> assertThat(body).hasSize(70_000));
    assertThat(taken).hasSizeGreaterThan(1);
    assertThat(taken.stream().mapToInt(Integer::intValue).sum()).isEqualTo(70_000);
    taken.clear();
    assertThat(SmallBody.read(sending(70_000), 4_194_303, Duration.ofSeconds(9), taken::add))
        .as("announced as more than may come")
        .isEmpty();
    assertThat(taken).isEmpty();
  }

  private static Request sending(int bytes) {
    return new Request(
        "POST",
        new Request.Target("http://x", "/v1.0/$batch", Query.NONE, Map.of()),
        name -> Optional.empty(),
        new ByteArrayInputStream(new byte[bytes]),
        4_194_304,
        new Trace("request", "client"),
        Optional.empty());
  }

  @Test
  void sendersWhoStopDelayNobodyAndAreServedWhenTheyGoOn() throws IOException {
    try (TestServer server = new TestServer(TestSetup.idle(Duration.ofMinutes(5)))) {
      String organizer = server.user(TestServer.ORGANIZER);
      String path = server.record().path();
      String start = "{\"requests\":[" + item("1", "GET", path) + "]}";
      // If what is announced were held, they would hold everything.
      long enough = Runtime.getRuntime().maxMemory() / 16 / Batch.LARGEST_BODY + 2;
      List<RawHttp> slow = new ArrayList<>();
      try {
        for (int i = 0; i < enough; i++) {
          slow.add(
              RawHttp.to(server)
                  .send(
                      "POST /v1.0/$batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                          + organizer
                          + "\r\nContent-Type: application/json\r\nContent-Length: "
                          + Batch.LARGEST_BODY
                          + "\r\n\r\n"
                          + start));
        }
        BatchCalls calls = new BatchCalls(server, organizer);
        assertThat(statuses(calls.batch(item("1", "GET", path)))).containsExactly(200);
        RawHttp goesOn = slow.getFirst();
        assertThat(goesOn.answering()).as("an answer to the start of a batch").isFalse();
        goesOn.send(" ".repeat(Batch.LARGEST_BODY - start.length()));
        assertThat(goesOn.head().getFirst()).isEqualTo("HTTP/1.1 200 OK");
      } finally {
        slow.forEach(RawHttp::close);
      }
    }
  }

  @Test
  void aSenderWhoDripsIsNotWaitedForWithoutEnd() {
    try (TestServer server = new TestServer(TestSetup.idle(Duration.ofSeconds(1)));
        RawHttp raw = RawHttp.to(server)) {
      raw.send(
          "POST /v1.0/$batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + server.user(TestServer.ORGANIZER)
              + "\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\n\r\n{");
      // A byte now and then, for the connection is never idle.
      List<String> head =
          Poll.forValue(
              "an answer to a body that never ends",
              Duration.ofSeconds(20),
              () -> raw.send(" ").answering() ? Optional.of(raw.head()) : Optional.empty());
      assertThat(head.getFirst()).contains(" 408 ");
    }
  }
}
