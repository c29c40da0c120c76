package dev.aftercall.arrival;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aftercall.arrival.Announcement.File;
import dev.aftercall.arrival.Announcement.Occasion;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.change.Precondition;
import dev.aftercall.digest.Sha256;
import dev.aftercall.intake.Upload;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.query.Paging;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of files that are to be fetched, whatever their host does, on each database. */
abstract class FetchingContract {
  private static final UUID ADA = TestServer.guid("Ada");

  private volatile Behaviour behaviour = FetchingContract::whole;
  private final ConcurrentLinkedQueue<String> ranges = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> credentials = new ConcurrentLinkedQueue<>();
  private Connection connection;
  private TestServer server;
  private HttpServer host;

  /** What the host of the files does with a request. */
  @FunctionalInterface
  private interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  abstract TestSetup.Difference database();

  @BeforeEach
  void start() throws IOException {
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    host.createContext(
        "/",
        exchange -> {
          ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
          credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          behaviour.answer(exchange);
        });
    host.start();
    connection = Sources.of("web", RecorderType.UPLOAD, Optional.empty(), Sources.web(port()));
    server = new TestServer(database(), TestSetup.source(connection));
    new JdbcAssignmentRules(server.database())
        .put(TestServer.TENANT, Sources.rule("all", "*", ADA), new Precondition.Always());
  }

  @AfterEach
  void stop() {
    server.close();
    host.stop(0);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("ETag", "\"" + Arrays.hashCode(body) + "\"");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void whole(HttpExchange exchange) throws IOException {
    send(exchange, 200, "video/mp4", Media.mp4());
  }

  private Arrival announce(String id, String path, @Nullable Long size) {
    Announcement file =
        new Announcement(
            id,
            Announcement.Kind.RECORDING,
            new Occasion(null, "r", null, null),
            new File("a.mp4", null, size, null, "http://127.0.0.1:" + port() + path, false),
            null);
    return server
        .arrivals()
        .announce(connection.source(), new Message("{}", Optional.of("carried")), List.of(file))
        .getFirst();
  }

  private int port() {
    return host.getAddress().getPort();
  }

  private Arrival now(Arrival arrival) {
    return server.arrivals().store().find(arrival.id()).orElseThrow();
  }

  private Arrival becomes(Arrival arrival, State state) {
    return Poll.forValue(
        arrival + " is " + state,
        Duration.ofSeconds(60),
        () -> {
          // What failed is tried again after a pause, which passes at once here.
          server.clock().advance(Duration.ofSeconds(1));
          return Optional.of(now(arrival)).filter(it -> it.state() == state);
        });
  }

  @Test
  void isFetchedWithWhatTheAnnouncementCarried() {
    Arrival ready = becomes(announce("1", "/a.mp4", null), State.READY);
    assertThat(ready.credential()).isEmpty();
    assertThat(ready.attempts()).isZero();
    assertThat(credentials).containsExactly("Bearer carried");
  }

  @Test
  void goesOnWhereItBrokeOff() {
    halting(new CountDownLatch(0), true);
    Arrival ready = becomes(announce("1", "/a.mp4", 400_000L), State.READY);
    assertThat(ready.facts().orElseThrow().size()).isEqualTo(400_000);
    assertThat(ranges).anyMatch(it -> it.startsWith("bytes=") && !it.equals("bytes=0-"));
  }

  @Test
  void anotherFileIsNotPutBehindHalfOfTheFirst() {
    byte[] first = Media.mp4(400_000);
    byte[] second = Media.mp4(500_000);
    AtomicBoolean changed = new AtomicBoolean();
    behaviour =
        exchange -> {
          byte[] bytes = changed.getAndSet(true) ? second : first;
          exchange.getResponseHeaders().set("Content-Type", "video/mp4");
          exchange.getResponseHeaders().set("ETag", "\"" + bytes.length + "\"");
          // Whatever range is asked for: the file as it is now.
          exchange.sendResponseHeaders(200, bytes.length);
          exchange
              .getResponseBody()
              .write(bytes, 0, bytes.length == 400_000 ? 300_000 : bytes.length);
          exchange.close();
        };
    Arrival ready = becomes(announce("1", "/a.mp4", null), State.READY);
    assertThat(ready.facts().orElseThrow().sha256()).isEqualTo(Sha256.hex(second));
  }

  @Test
  void comesThroughWhenTheHostRecovers() {
    AtomicInteger left = new AtomicInteger(3);
    behaviour =
        exchange -> {
          if (left.getAndDecrement() > 0) {
            exchange.getResponseHeaders().set("Retry-After", "5");
            send(exchange, 503, "text/plain", "later".getBytes(UTF_8));
          } else {
            whole(exchange);
          }
        };
    Arrival ready = becomes(announce("1", "/a.mp4", null), State.READY);
    assertThat(ready.attempts()).isEqualTo(3);
  }

  @Test
  void aPageToLogInIsNotTakenForMedia() {
    behaviour = exchange -> send(exchange, 200, "text/html", "<html>Log in</html>".getBytes(UTF_8));
    Arrival arrival = announce("1", "/a.mp4", null);
    Arrival waiting =
        Poll.forValue(
            "a reason",
            Duration.ofSeconds(30),
            () -> Optional.of(now(arrival)).filter(it -> it.attempts() > 0));
    assertThat(waiting.state()).isEqualTo(State.ANNOUNCED);
    assertThat(waiting.reason()).contains("text/html");
    behaviour = FetchingContract::whole;
    becomes(arrival, State.READY);
  }

  /** A process may die when the bytes lie in quarantine and no row says so. */
  @Test
  void whatWasSetAsideIsNotFetchedAgain() throws Exception {
    behaviour = exchange -> send(exchange, 200, "video/mp4", new byte[10_000]);
    Arrival set = becomes(announce("1", "/a.mp4", null), State.QUARANTINED);
    String upload = set.uploadId().orElseThrow();
    int asked = ranges.size();
    server
        .database()
        .write(
            handle ->
                handle.execute(
                        "update upload set state = 'receiving', reason = null where upload_id = ?",
                        upload)
                    + handle.execute(
                        "update arrival set state = 'fetching', due_ticks = 0 where arrival_id = ?",
                        set.id().toString()));
    Arrival again = becomes(set, State.QUARANTINED);
    assertThat(again.uploadId()).contains(upload);
    assertThat(again.reason()).isEqualTo(set.reason());
    assertThat(ranges).hasSize(asked);
    try (var files = Files.list(server.dataDir().resolve("quarantine"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void whatIsNoMediaIsKeptInQuarantine() {
    behaviour = exchange -> send(exchange, 200, "video/mp4", new byte[10_000]);
    Arrival set = becomes(announce("1", "/a.mp4", null), State.QUARANTINED);
    assertThat(set.reason()).isNotEmpty();
    assertThat(server.intake().custody().quarantined(set.uploadId().orElseThrow())).hasSize(10_000);
  }

  @Test
  void whatTheSourceMayNotReachIsSetAsideAtOnce() {
    Announcement file =
        new Announcement(
            "x",
            Announcement.Kind.RECORDING,
            new Occasion(null, "r", null, null),
            new File("a.mp4", null, null, null, "http://169.254.169.254/latest", false),
            null);
    Arrival arrival =
        server
            .arrivals()
            .announce(connection.source(), new Message("{}", Optional.empty()), List.of(file))
            .getFirst();
    Arrival set = becomes(arrival, State.QUARANTINED);
    assertThat(set.reason()).contains("169.254.169.254");
  }

  @Test
  void isGivenUpAfterDaysAndFetchedWhenSomebodyRetries() throws Exception {
    behaviour = exchange -> send(exchange, 404, "text/plain", new byte[0]);
    Arrival arrival = announce("1", "/a.mp4", null);
    Poll.until(
        "it is given up",
        Duration.ofSeconds(60),
        () -> {
          server.clock().advance(Duration.ofHours(2));
          return now(arrival).state() == State.QUARANTINED;
        });
    behaviour = FetchingContract::whole;
    new ArrivalDesk(server.arrivals(), server.intake().custody()).retry(now(arrival));
    becomes(arrival, State.READY);
  }

  /** Sends 300,000 of 400,000 bytes, and the rest when it may, if it may at all. */
  private void halting(CountDownLatch rest, boolean breaks) {
    byte[] film = Media.mp4(400_000);
    behaviour =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "video/mp4");
          exchange.getResponseHeaders().set("ETag", "\"v1\"");
          String range = exchange.getRequestHeaders().getFirst("Range");
          int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
          if (from > 0) {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-399999/400000");
          }
          exchange.sendResponseHeaders(from > 0 ? 206 : 200, film.length - from);
          if (from == 0) {
            exchange.getResponseBody().write(film, 0, 300_000);
            exchange.getResponseBody().flush();
            await(rest);
          }
          if (from > 0 || !breaks) {
            int sent = from == 0 ? 300_000 : from;
            exchange.getResponseBody().write(film, sent, film.length - sent);
          }
          exchange.close();
        };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Arrival takenBackWhileItComes() throws IOException {
    Arrival fetching = becomes(announce("1", "/a.mp4", null), State.FETCHING);
    server.withdrawals().withdraw(connection.source(), "1");
    assertThat(now(fetching).state()).isEqualTo(State.REJECTED);
    return fetching;
  }

  private Upload.State upload(Arrival arrival) throws IOException {
    String id = arrival.uploadId().orElseThrow();
    return server.intake().custody().look(id).orElseThrow().state();
  }

  private boolean leased() {
    return server
        .database()
        .read(
            handle ->
                handle
                    .createQuery("select exists (select 1 from arrival where lease_ticks > 0)")
                    .mapTo(Boolean.class)
                    .one());
  }

  private int recordings() {
    return Sources.recordings(server);
  }

  @Test
  void whatIsTakenBackWhileItComesIsNotKept() throws Exception {
    CountDownLatch rest = new CountDownLatch(1);
    halting(rest, false);
    Arrival back = takenBackWhileItComes();
    rest.countDown();
    Poll.until(
        "every byte is here",
        Duration.ofSeconds(60),
        () -> upload(back) == Upload.State.WAITING && !leased());
    assertThat(now(back).state()).isEqualTo(State.REJECTED);
    assertThat(recordings()).isZero();
    server.withdrawals().giveBack(connection.source(), "1");
    becomes(back, State.READY);
    assertThat(recordings()).isEqualTo(1);
    assertThat(ranges).as("nothing is fetched twice").hasSize(1);
  }

  @Test
  void whatIsTakenBackWhileItComesGoesOnWhereItBrokeOff() throws Exception {
    CountDownLatch rest = new CountDownLatch(1);
    halting(rest, true);
    Arrival back = takenBackWhileItComes();
    rest.countDown();
    server.withdrawals().giveBack(connection.source(), "1");
    Arrival ready = becomes(back, State.READY);
    assertThat(ready.uploadId()).isEqualTo(back.uploadId());
    assertThat(ranges).hasSize(2);
  }

  @Test
  void whatIsGivenAgainBeforeEveryByteIsHereIsFetchedOnce() throws Exception {
    CountDownLatch rest = new CountDownLatch(1);
    halting(rest, false);
    Arrival back = takenBackWhileItComes();
    server.withdrawals().giveBack(connection.source(), "1");
    rest.countDown();
    becomes(back, State.READY);
    assertThat(ranges).hasSize(1);
    assertThat(recordings()).isEqualTo(1);
  }

  @Test
  void manyAtOnceAllCome() {
    behaviour =
        exchange -> {
          int size = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
          send(exchange, 200, "video/mp4", Media.mp4(size));
        };
    for (int i = 0; i < 40; i++) {
      announce("file " + i, "/" + (20_000 + i), null);
    }
    Poll.until(
        "all are there",
        Duration.ofSeconds(60),
        () ->
            server
                    .arrivals()
                    .store()
                    .list(
                        TestServer.TENANT,
                        new ArrivalStore.Wanted(
                            Set.of(State.READY), Optional.empty(), Optional.empty()),
                        Paging.ALL)
                    .size()
                == 40);
  }
}
