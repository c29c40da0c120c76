package dev.aftercall.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aftercall.Server;
import dev.aftercall.Upkeep;
import dev.aftercall.content.Content;
import dev.aftercall.content.ContentStore;
import dev.aftercall.jdbc.JdbcPictures;
import dev.aftercall.jdbc.JdbcStorageRuns;
import dev.aftercall.journal.Journal;
import dev.aftercall.repair.Ffmpeg;
import dev.aftercall.repair.Repair;
import dev.aftercall.retention.Removal;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.storage.Hashing;
import dev.aftercall.storage.Pace;
import dev.aftercall.storage.Run;
import dev.aftercall.storage.StorageCheck;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pictures are drawn, seen by whoever may see the recording, and gone with it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class PicturesContract {
  private static final int PREVIEWS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Ffmpeg ffmpeg;
  private @Nullable TestServer running;
  private @Nullable ContentStore opened;

  /** The server's own store, and another way to the same. */
  abstract TestSetup.Difference store();

  abstract ContentStore contents(TestServer server);

  @BeforeEach
  void find() {
    Optional<Ffmpeg> found = Repair.find(Optional.empty());
    assumeTrue(found.isPresent(), "ffmpeg is not installed on this machine");
    ffmpeg = found.orElseThrow();
  }

  private Recorded start(int previews, byte[] film) {
    TestServer server = new TestServer(store(), TestSetup.previews(previews));
    running = server;
    opened = contents(server);
    return server.handOver().bytes(film).keep();
  }

  private TestServer server() {
    return Objects.requireNonNull(running);
  }

  private ContentStore contents() {
    return Objects.requireNonNull(opened);
  }

  @AfterEach
  void stop() throws Exception {
    if (running != null) {
      running.close();
    }
    if (opened instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  private HttpResponse<byte[]> get(Recorded recorded, String what, String... fields) {
    String path = "/pictures/v1/users/" + recorded.organizer() + recorded.tail() + what;
    return server().get(path, server().user(recorded.organizer()), fields);
  }

  private HttpResponse<byte[]> drawn(Recorded recorded) {
    return Poll.forValue(
        "a poster",
        PATIENCE,
        () -> Optional.of(get(recorded, "/poster")).filter(it -> it.statusCode() == 200));
  }

  @Test
  void whoMaySeeTheRecordingSeesItsPictures() {
    Recorded recorded = start(PREVIEWS, Media.mp4());
    HttpResponse<byte[]> poster = drawn(recorded);
    assertThat(poster.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(poster.body()).startsWith(0xFF, 0xD8, 0xFF);
    String tag = poster.headers().firstValue("ETag").orElseThrow();
    assertThat(get(recorded, "/poster", "If-None-Match", tag).statusCode()).isEqualTo(304);
    HttpResponse<byte[]> part = get(recorded, "/poster", "Range", "bytes=0-2");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(3);
    HttpResponse<byte[]> head =
        server()
            .send(
                server()
                    .request(
                        "/pictures/v1/me" + recorded.tail() + "/poster",
                        server().user(recorded.organizer()))
                    .method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(poster.body().length);

    for (int number = 1; number <= PREVIEWS; number++) {
      assertThat(get(recorded, "/previews/" + number).body()).startsWith(0xFF, 0xD8, 0xFF);
    }
    for (String none : List.of("0", "3", "01", "-1", "x", "99999999999")) {
      assertThat(get(recorded, "/previews/" + none).statusCode()).as(none).isEqualTo(404);
    }

    Journal.Entry entry = server().journal(poster.headers().firstValue("request-id").orElseThrow());
    assertThat(entry.action()).isEqualTo("picture");
    assertThat(entry.delivery().bytes()).isEqualTo(poster.body().length);
    assertThat(count("metering_session")).isZero();
  }

  @Test
  void whoMayNotSeeTheRecordingSeesNoPicture() {
    Recorded recorded = start(PREVIEWS, Media.mp4());
    HttpResponse<byte[]> _ = drawn(recorded);
    for (String token :
        List.of(
            "",
            server().user(TestServer.OUTSIDER),
            server().user(TestServer.ATTENDEE),
            server().app())) {
      for (String person : List.of("/me", "/users/" + recorded.organizer())) {
        int content =
            server().get("/v1.0" + person + recorded.tail() + "/content", token).statusCode();
        int poster =
            server().get("/pictures/v1" + person + recorded.tail() + "/poster", token).statusCode();
        assertThat(poster).isEqualTo(content).isGreaterThanOrEqualTo(400);
      }
    }
  }

  @Test
  void whatIsOnlyHeardHasNone() {
    Recorded recorded = start(PREVIEWS, Media.resource("/media/audio.m4a"));
    Poll.until(
        "it was looked at", PATIENCE, () -> count("recording where drawing_ticks is null") == 1);
    assertThat(get(recorded, "/poster").statusCode()).isEqualTo(404);
    assertThat(count("drawing")).isZero();
  }

  @Test
  void nothingIsDrawnUnlessItIsWished() throws Exception {
    Recorded recorded = start(0, Media.mp4());
    assertThat(get(recorded, "/poster").statusCode()).isEqualTo(404);
    drawer(contents()).draw(ffmpeg, PREVIEWS);
    assertThat(get(recorded, "/poster").statusCode()).isEqualTo(200);
  }

  @Test
  void aFilmThatIsTooLargeToBeFetchedIsGivenUpAtOnce() {
    Recorded recorded = start(0, Media.mp4());
    drawer(remote((16L << 30) + 1)).draw(ffmpeg, PREVIEWS);
    assertThat(count("recording where drawing_ticks is null")).isEqualTo(1);
    server().clock().advance(Duration.ofDays(1));
    drawer(contents()).draw(ffmpeg, PREVIEWS);
    assertThat(get(recorded, "/poster").statusCode()).isEqualTo(404);
  }

  /** A store far away that says that its films are so large, and gives none. */
  private ContentStore remote(long size) {
    return (ContentStore)
        Proxy.newProxyInstance(
            ContentStore.class.getClassLoader(),
            new Class<?>[] {ContentStore.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("open")) {
                throw new AssertionError("Nothing is to be done with it: " + method);
              }
              return Optional.of(
                  new Content.AtUrl(
                      size,
                      false,
                      (life, type, disposition) -> {
                        throw new AssertionError("Nobody is to read it.");
                      }));
            });
  }

  @Test
  void theyGoWithTheRecordingAndTheCheckOfTheStorageKnowsThem() throws Exception {
    Recorded recorded = start(PREVIEWS, Media.mp4());
    HttpResponse<byte[]> _ = drawn(recorded);
    assertThat(contents().list("", 100)).hasSize(1 + 1 + PREVIEWS);
    assertThat(findings()).isZero();
    trash(recorded);
    assertThat(get(recorded, "/poster").statusCode()).isEqualTo(404);
    assertThat(contents().list("", 100)).hasSize(1 + 1 + PREVIEWS);
    purge();
    assertThat(contents().list("", 100)).isEmpty();
    assertThat(count("picture") + count("drawing")).isZero();
    assertThat(findings()).isZero();
  }

  /** Dies before or after each picture comes into the store. */
  @Test
  void whatWasCutOffIsDrawnAnew() throws Exception {
    Recorded recorded = start(0, Media.mp4());
    for (int step = 0; step < 4; step++) {
      int at = step;
      int[] steps = {0};
      ContentStore dying =
          watched(
              () -> {
                if (steps[0]++ == at) {
                  throw new Killed();
                }
              });
      assertThatThrownBy(() -> drawer(dying).draw(ffmpeg, 1)).isInstanceOf(Killed.class);
      assertThat(count("picture")).isZero();
      assertThat(get(recorded, "/poster").statusCode()).isEqualTo(404);
      assertThat(findings()).isZero();
      drawer(contents()).resume();
    }
    Path folder = server().dataDir().resolve("drawing");
    Files.writeString(folder.resolve("poster.jpg"), "half a picture");
    drawer(contents()).draw(ffmpeg, 1);
    assertThat(get(recorded, "/poster").body()).startsWith(0xFF, 0xD8, 0xFF);
    assertThat(count("picture")).isEqualTo(2);
    assertThat(count("drawing")).isZero();
    assertThat(contents().list("", 100)).hasSize(1 + 2);
    assertThat(findings()).isZero();
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatIsPurgedWhileItIsDrawnLeavesNothing() throws Exception {
    Recorded recorded = start(0, Media.mp4());
    int[] steps = {0};
    ContentStore between =
        watched(
            () -> {
              if (steps[0]++ == 3) {
                trash(recorded);
                purge();
              }
            });
    drawer(between).draw(ffmpeg, 2);
    assertThat(contents().list("", 100)).isEmpty();
    assertThat(count("picture") + count("drawing")).isZero();
  }

  @Test
  void whatIsPurgedWhileItsDrawerDiesIsSweptUp() throws Exception {
    Recorded recorded = start(0, Media.mp4());
    int[] steps = {0};
    ContentStore between =
        watched(
            () -> {
              switch (steps[0]++) {
                case 3 -> {
                  trash(recorded);
                  purge();
                }
                case 5 -> throw new Killed();
                default -> {}
              }
            });
    assertThatThrownBy(() -> drawer(between).draw(ffmpeg, 2)).isInstanceOf(Killed.class);
    assertThat(contents().list("", 100)).isNotEmpty();
    drawer(contents()).sweep();
    assertThat(contents().list("", 100)).as("it may still be at work").isNotEmpty();
    server().clock().advance(Duration.ofHours(3));
    drawer(contents()).sweep();
    assertThat(contents().list("", 100)).isEmpty();
    assertThat(count("drawing")).isZero();
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Told before and after each file that is kept. */
  private ContentStore watched(Step step) {
    return (ContentStore)
        Proxy.newProxyInstance(
            ContentStore.class.getClassLoader(),
            new Class<?>[] {ContentStore.class},
            (proxy, method, arguments) -> {
              boolean keeps = method.getName().equals("keep");
              if (keeps) {
                step.take();
              }
              try {
                Object result = method.invoke(contents(), arguments);
                if (keeps) {
                  step.take();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private interface Step {
    void take() throws Exception;
  }

  private Drawer drawer(ContentStore over) {
    return new Drawer(
        new JdbcPictures(server().database()),
        over,
        server().dataDir(),
        Ids.secure(),
        server().clock());
  }

  private void trash(Recorded recorded) {
    RetentionRun.Rooms rooms = rooms();
    assertThat(
            rooms
                .trash()
                .remove(
                    TestServer.TENANT,
                    Map.of(recorded.artifact(), Removal.deleted(now(), "somebody"))))
        .isEqualTo(1);
  }

  private void purge() {
    RetentionSettings usual = RetentionSettings.DEFAULT;
    RetentionSettings settings =
        new RetentionSettings(
            usual.every(),
            usual.defaultDays(),
            Duration.ZERO,
            usual.warnBefore(),
            usual.largestRun(),
            usual.largestClockStep());
    RetentionRun.Report report =
        new RetentionRun(rooms(), settings, entry -> {}, Ids.secure(), server().clock())
            .run(List.of(TestServer.TENANT), true);
    assertThat(report.purged()).isEqualTo(1);
  }

  private RetentionRun.Rooms rooms() {
    return Server.archive(server().database(), contents(), Ids.secure());
  }

  private long findings() {
    JdbcStorageRuns runs = new JdbcStorageRuns(server().database());
    server().clock().advance(Duration.ofDays(2));
    Run run =
        runs.open(
            Ids.secure().guid(),
            new Run.Plan(Run.Origin.COMMAND, Optional.empty(), Hashing.FULL, false),
            now());
    Run over =
        new StorageCheck(
                Upkeep.storage(server().database(), contents(), runs),
                new StorageCheck.Terms(
                    Duration.ofHours(1),
                    new Pace(Pace.UNBOUNDED, Pace.UNBOUNDED, System::nanoTime),
                    "someone",
                    () -> false,
                    (saved, since) -> {}),
                server().clock())
            .run(run.id())
            .orElseThrow();
    assertThat(over.state()).isEqualTo(Run.State.DONE);
    return runs.open(Optional.empty()).values().stream().mapToLong(Long::longValue).sum();
  }

  private long now() {
    return Ticks.of(server().clock().instant());
  }

  private int count(String from) {
    return server()
        .database()
        .read(
            handle ->
                handle.createQuery("select count(*) from " + from).mapTo(Integer.class).one());
  }
}
