package dev.aftercall.http;

import static dev.aftercall.http.BatchCalls.item;
import static dev.aftercall.http.BatchCalls.statuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aftercall.identity.Caller;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
    BatchMemory memory = new BatchMemory(100, 70);
    BatchMemory.Share one = memory.share(application("one"));
    one.take(60);
    try (BatchMemory.Share other = memory.share(application("other"))) {
      other.take(40);
      assertRefused(other, 1, "Batches hold");
    }
    one.close();
    one.close();
    assertThat(memory.left()).isEqualTo(100);
    assertThat(memory.senders()).isZero();
  }

  @Test
  void theBatchesOfOneApplicationTogetherHoldSoMuchAndNoMore() {
    BatchMemory memory = new BatchMemory(100, 25);
    BatchMemory.Share first = memory.share(application("one"));
    first.take(15);
    try (BatchMemory.Share second = memory.share(person("one"));
        BatchMemory.Share others = memory.share(application("other"));
        BatchMemory.Share abroad =
            memory.share(new Caller.Application(new UUID(7, 7), "one", "", Set.of()))) {
      second.take(10);
      assertRefused(second, 1, "The batches of one application may hold 25 bytes");
      assertRefused(first, 1, "The batches of one application may hold 25 bytes");
      others.take(25);
      abroad.take(25);
      first.close();
      second.take(15);
      assertRefused(second, 1, "The batches of one application may hold 25 bytes");
      assertThat(memory.left()).isEqualTo(25);
    }
    assertThat(memory.left()).isEqualTo(100);
    assertThat(memory.senders()).isZero();
  }

  @Test
  void oneApplicationGetsWhatABatchNeedsAndLeavesAsMuchToOthers() {
    BatchMemory memory = BatchMemory.ofThisMachine();
    long batch = Batch.LARGEST_BODY + Batch.LARGEST_ANSWER;

    assertThat(memory.ofOne()).isGreaterThanOrEqualTo(batch);
    assertThat(memory.left() - memory.ofOne()).isGreaterThanOrEqualTo(batch);
  }

  private static Caller application(String id) {
    return new Caller.Application(TestServer.TENANT, id, "", Set.of());
  }

  private static Caller person(String application) {
    return new Caller.User(TestServer.TENANT, application, TestServer.ORGANIZER, "", Set.of());
  }

  private static void assertRefused(BatchMemory.Share share, long bytes, String why) {
    assertThatExceptionOfType(GraphException.class)
        .isThrownBy(() -> share.take(bytes))
        .withMessageContaining(why)
        .matches(e -> e.code() == ErrorCode.SERVICE_UNAVAILABLE)
        .matches(e -> e.headers().equals(Map.of("Retry-After", "1")));
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
  void anApplicationOfManySlowBatchesIsHeldBackAndAnotherIsAnswered() throws IOException {
    try (TestServer server = new TestServer(TestSetup.idle(Duration.ofMinutes(5)))) {
      String slow = server.user(TestServer.ORGANIZER);
      String other =
          server
              .tokens()
              .user(TestServer.TENANT, TestServer.ORGANIZER)
              .with("appid", TestServer.guid("another").toString())
              .signed();
      Recorded most = server.handOver().bytes(Media.mp4(Batch.LARGEST_PART)).keep();
      String item = item("1", "GET", most.contentPath());
      BatchMemory memory = BatchMemory.ofThisMachine();
      // Unless each is held back, they hold all that there is for all.
      int enough = (int) (memory.left() / Batch.LARGEST_BODY) + 1;
      int room = (int) (memory.ofOne() / (Batch.LARGEST_BODY - 1));
      List<SlowBatch> batches = new ArrayList<>();
      try {
        for (int i = 0; i < enough; i++) {
          batches.add(SlowBatch.sending(server, slow));
        }
        Poll.until(
            "all that have no room are refused",
            Duration.ofSeconds(60),
            () -> batches.stream().filter(SlowBatch::refused).count() >= enough - room);
        assertThat(statuses(new BatchCalls(server, other).batch(item))).containsExactly(200);
      } finally {
        batches.forEach(SlowBatch::close);
      }
      BatchCalls again = new BatchCalls(server, slow);
      String one = "{\"requests\":[" + item + "]}";
      Poll.until(
          "an answer once its slow batches are gone",
          Duration.ofSeconds(60),
          () -> BatchCalls.text(again.post(one)).contains("\"status\":200"));
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

  /** All but the last byte of the largest batch, unless it is refused before. */
  private static final class SlowBatch {
    private static final int PIECE = 64 * 1024;
    private final RawHttp raw;
    private List<String> head = List.of();

    private SlowBatch(RawHttp raw) {
      this.raw = raw;
    }

    static SlowBatch sending(TestServer server, String token) {
      SlowBatch batch = new SlowBatch(RawHttp.to(server));
      batch.raw.send(
          "POST /v1.0/$batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + token
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + Batch.LARGEST_BODY
              + "\r\n\r\n");
      // What comes behind a refusal is thrown away for a moment alone.
      for (int left = Batch.LARGEST_BODY - 1; left > 0 && !batch.refused(); left -= PIECE) {
        batch.raw.send(" ".repeat(Math.min(PIECE, left)));
      }
      return batch;
    }

    boolean refused() {
      try {
        if (head.isEmpty() && raw.answering()) {
          head = raw.head();
          assertThat(head.getFirst()).contains(" 503 ");
          assertThat(head).contains("Retry-After: 1");
        }
        return !head.isEmpty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void close() {
      raw.close();
    }
  }
}
