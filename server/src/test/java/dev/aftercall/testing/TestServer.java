package dev.aftercall.testing;

import dev.aftercall.Server;
import dev.aftercall.arrival.Arrivals;
import dev.aftercall.arrival.Withdrawals;
import dev.aftercall.content.ContentStore;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JournalReader;
import dev.aftercall.jdbc.RuleEditor;
import dev.aftercall.journal.Journal;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.ruling.Policy;
import dev.aftercall.storage.StorageWatch;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A real server on a free loopback port, with a clock that the test moves and a signer for any
 * caller's token. {@code new TestServer()} is the usual one; differences from it are arguments:
 * {@code new TestServer(TestSetup.onPostgres(), TestSetup.inFlight(2))}.
 */
public final class TestServer implements AutoCloseable {
  public static final UUID TENANT = guid("tenant");
  public static final UUID ORGANIZER = guid("organizer");
  public static final UUID ATTENDEE = guid("attendee");
  public static final UUID OUTSIDER = guid("outsider");
  public static final String APP = guid("app").toString();

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final TestClock clock = new TestClock(TestClock.START);
  private final TestTokens tokens;
  private final Path dataDir;
  private final boolean kept;
  private final Database database;
  private final ContentStore contents;
  private final Server server;

  /** Starts it; when this returns it is ready. */
  public TestServer(TestSetup.Difference... differences) {
    TestSetup setup = new TestSetup();
    for (TestSetup.Difference difference : differences) {
      difference.apply(setup);
    }
    tokens = new TestTokens(clock, setup.cloud());
    try {
      kept = setup.dataDir().isPresent();
      dataDir = kept ? setup.dataDir().get() : Files.createTempDirectory("aftercall-test-");
      database = setup.openDatabase(dataDir);
      contents = setup.openContents(dataDir);
      Server.Parts parts =
          new Server.Parts(
              dataDir,
              database,
              contents,
              new Authenticator(List.of(tokens.issuer()), clock),
              setup.cloud(),
              setup.lists(),
              setup.throttle(),
              setup.calendarEventRequired(),
              setup.tariff(),
              setup.intake(),
              setup.sources(),
              setup.ffmpeg(),
              setup.previews(),
              RetentionSettings.DEFAULT,
              StorageWatch.Timetable.NEVER,
              setup.watched(),
              Optional.of("https://login.example.com/authorize"),
              setup.notifications(),
              setup.more(),
              Ids.secure(),
              clock);
      server = Server.start(parts, setup.http(dataDir));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.open();
  }

  /** A GUID that is the same in every run. */
  public static UUID guid(String name) {
    return Ids.repeatable(name.hashCode()).guid();
  }

  /** The server's clock. */
  public TestClock clock() {
    return clock;
  }

  /** Signs tokens that the server trusts. */
  public TestTokens tokens() {
    return tokens;
  }

  /** Where it keeps everything. */
  public Path dataDir() {
    return dataDir;
  }

  /** Its catalogue. */
  public Database database() {
    return database;
  }

  /** The port it listens at, on 127.0.0.1. */
  public int port() {
    return server.http().httpPort().orElseThrow();
  }

  /** The port of HTTPS, where it was set up. */
  public Optional<Integer> tlsPort() {
    return server.http().httpsPort();
  }

  /** {@code http://127.0.0.1:port} */
  public String base() {
    return "http://127.0.0.1:" + port();
  }

  /** What recorders announced, for a look at its store and for what operators do. */
  public Arrivals arrivals() {
    return server.arrivals();
  }

  /** What recorders take back. */
  public Withdrawals withdrawals() {
    return server.withdrawals();
  }

  /** The way in itself. */
  public Intake intake() {
    return server.intake();
  }

  /** A hand-over, still to be changed and then kept. */
  public HandOverPlan handOver() {
    return new HandOverPlan(server.intake(), Ticks.format(Ticks.of(clock.instant())));
  }

  /** Hands a recording over as it comes by default. */
  public Recorded record() {
    return handOver().keep();
  }

  /** The tenant's rules, to be changed; the server obeys after {@link #obey} or by itself. */
  public RuleEditor rules() {
    return new RuleEditor(database, TENANT);
  }

  /** Makes the server obey changed rules at once. */
  public void obey() {
    server.refreshRules();
  }

  /** Lets these applications, and no other, act for everybody in the tenant. */
  public void coverEverybody(String... appIds) {
    rules().putPolicy(new Policy("everybody", "", List.of(appIds)));
    rules().grant(new Grantee.Everyone(), "everybody");
    obey();
  }

  /** A token of a person of the tenant. */
  public String user(UUID person) {
    return tokens.user(TENANT, person).signed();
  }

  /** A token of {@link #APP}. */
  public String app() {
    return tokens.app(TENANT, APP).signed();
  }

  /** A request for that path, with the token unless it is empty. */
  public HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + path)).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Sends a request and reads the whole answer. */
  public HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Gets a path, with further header fields as names and values in turn. */
  public HttpResponse<byte[]> get(String path, String token, String... fields) {
    HttpRequest.Builder request = request(path, token);
    return send(fields.length == 0 ? request : request.headers(fields));
  }

  /** How the journal says that one request ended; waits for it to be written. */
  public Journal.Entry journal(String requestId) {
    JournalReader reader = new JournalReader(database);
    return Poll.forValue(
        "a journal entry of request " + requestId,
        Duration.ofSeconds(10),
        () -> journalled(reader, requestId));
  }

  private static Optional<Journal.Entry> journalled(JournalReader reader, String requestId) {
    return reader.last(TENANT, 10_000).stream()
        .filter(entry -> entry.requestId().equals(requestId))
        // That a delivery began is another entry than how it ended.
        .filter(entry -> entry.delivery().status() != 0 || !entry.allowed())
        .findFirst();
  }

  @Override
  public void close() {
    server.close();
    database.close();
    try {
      if (contents instanceof AutoCloseable closeable) {
        closeable.close();
      }
      if (kept) {
        return;
      }
      try (Stream<Path> files = Files.walk(dataDir)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("The test server did not close", e);
    }
  }
}
