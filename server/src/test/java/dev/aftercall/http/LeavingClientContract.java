package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A client that leaves midway costs nothing afterwards, wherever the bytes lie. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LeavingClientContract {
  static final int SIZE = 24 << 20;
  private static final int READ = 64 << 10;

  /** The idle time of the servers under test that send files. */
  static final Duration IDLE = Duration.ofSeconds(3);

  private static final Duration SOON = Duration.ofSeconds(15);

  private @Nullable Recorded kept;

  /** The server under test, the same for all tests. */
  abstract TestServer server();

  Recorded recorded() {
    Recorded known = kept;
    if (known == null) {
      known = server().handOver().bytes(Media.mp4(SIZE)).keep();
      kept = known;
    }
    return known;
  }

  @Test
  void theJournalSaysWhatWasReallySentAndNothingStaysOpen() throws IOException {
    // Warm: connections and files that stay for good are there before the count.
    assertThat(metadata()).isEqualTo(200);
    leave("");
    Poll.until("files are closed", SOON, () -> contentFiles() == 0);
    assertThat(metadata()).isEqualTo(200);
    long before = sockets();

    for (int i = 0; i < 6; i++) {
      Delivery delivery = leave("");
      assertThat(delivery.status()).isEqualTo(200);
      assertThat(delivery.whole()).isFalse();
      assertThat(delivery.bytes()).isGreaterThanOrEqualTo(READ).isLessThan(SIZE);
    }

    Poll.until("files are closed", SOON, () -> contentFiles() == 0);
    // A leak would be six; pools of connections may grow by a few at any time.
    Poll.until("connections are closed", SOON, () -> sockets() <= before + 3);
    assertThat(metadata()).isEqualTo(200);
  }

  @Test
  void alsoWithinOneOfSeveralRanges() throws IOException {
    Delivery delivery = leave("Range: bytes=0-0,2-" + (SIZE - 1) + "\r\n");

    assertThat(delivery.status()).isEqualTo(206);
    assertThat(delivery.whole()).isFalse();
    assertThat(delivery.bytes()).isGreaterThanOrEqualTo(READ / 2).isLessThan(SIZE);
    Poll.until("files are closed", SOON, () -> contentFiles() == 0);
  }

  /** Longer than the server waits for a silent client, yet never silent for so long. */
  @Test
  void whoReadsSlowlyButSteadilyGetsAll() throws IOException {
    byte[] bytes = Media.mp4(SIZE);
    try (RawHttp raw = RawHttp.to(server())) {
      raw.send(request(server(), recorded(), ""));
      raw.head();
      long began = System.nanoTime();
      for (int at = 0; at < SIZE; at += READ) {
        long due = began + IDLE.multipliedBy(2).toNanos() / SIZE * at;
        Poll.until("the time for the next bytes", SOON, () -> System.nanoTime() >= due);
        assertThat(raw.readExactly(READ)).isEqualTo(Arrays.copyOfRange(bytes, at, at + READ));
      }
    }
  }

  @Test
  void aRequestSentBeforeTheContentHasComeIsAnsweredAfterIt() throws IOException {
    try (RawHttp raw = RawHttp.to(server())) {
      raw.send(
          request(server(), recorded(), "")
              + request(server(), recorded(), "Range: bytes=0-0\r\n"));

      assertThat(raw.read(false).body()).isEqualTo(Media.mp4(SIZE));
      RawHttp.Answer second = raw.read(false);
      assertThat(second.status()).isEqualTo(206);
      assertThat(second.body()).hasSize(1);
    }
  }

  /** Asks for the whole, reads a little and closes. */
  private Delivery leave(String fields) throws IOException {
    List<String> head;
    try (RawHttp raw = RawHttp.to(server())) {
      raw.send(request(server(), recorded(), fields));
      head = raw.head();
      assertThat(raw.readExactly(READ)).hasSize(READ);
    }
    String id =
        head.stream()
            .filter(line -> line.startsWith("request-id: "))
            .findFirst()
            .orElseThrow()
            .substring("request-id: ".length());
    return server().journal(id).delivery();
  }

  static String request(TestServer server, Recorded recorded, String fields) {
    return "GET "
        + recorded.contentPath()
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + server.user(TestServer.ORGANIZER)
        + "\r\n"
        + fields
        + "\r\n";
  }

  private int metadata() {
    return server().get(recorded().path(), server().user(TestServer.ORGANIZER)).statusCode();
  }

  /** Open files of the server's content. */
  private long contentFiles() throws IOException {
    String content = server().dataDir().resolve("content").toString();
    return targets().stream().filter(target -> target.startsWith(content)).count();
  }

  private static long sockets() throws IOException {
    return targets().stream().filter(target -> target.startsWith("socket:")).count();
  }

  private static List<String> targets() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.map(LeavingClientContract::target).toList();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }
}
