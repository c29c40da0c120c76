package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.access.AdminAccess;
import dev.aftercall.access.Permissions;
import dev.aftercall.change.Precondition;
import dev.aftercall.jdbc.JdbcApplications;
import dev.aftercall.metering.Applications.Application;
import dev.aftercall.metering.Applications.UsageQuery;
import dev.aftercall.metering.Meter;
import dev.aftercall.metering.Plan;
import dev.aftercall.metering.PriceList;
import dev.aftercall.metering.Tariff;
import dev.aftercall.metering.Usage;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestClock;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is metered of what goes over real HTTP. */
abstract class MeteringContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SIZE = 300_000;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int PARALLEL = 64;

  private TestServer server;
  private String token;

  abstract TestServer start(TestSetup.Difference... more);

  @BeforeEach
  void start() {
    server = start(new TestSetup.Difference[0]);
    ready();
  }

  private void ready() {
    server.coverEverybody(TestServer.APP);
    token = token();
  }

  private String token() {
    return server
        .tokens()
        .app(TestServer.TENANT, TestServer.APP)
        .roles(Permissions.RECORDINGS.readAll(), Permissions.TRANSCRIPTS.readAll())
        .signed();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Recorded recorded(int minutes) {
    return lasting(server.handOver().bytes(Media.mp4(SIZE)).keep(), "recording", minutes);
  }

  /** The longest film of the tests has seconds. */
  private Recorded lasting(Recorded recorded, String table, int minutes) {
    String column =
        table.equals("recording")
            ? "duration_millis = " + (minutes * 60_000L + 59_999)
            : "ended_ticks = created_ticks + " + (minutes * 600_000_000L + 599_999_999);
    server.database().write(handle -> handle.execute("update " + table + " set " + column));
    return recorded;
  }

  private void plan(Plan plan) {
    new JdbcApplications(server.database())
        .set(TestServer.TENANT, new Application(TestServer.APP, plan), new Precondition.Always());
  }

  private List<Usage> usage() {
    return new JdbcApplications(server.database())
        .usage(
            new UsageQuery(
                TestServer.TENANT,
                "0000-01",
                "9999-12",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                100));
  }

  private static Usage used(Meter meter, long retrievals, long minutes, long amount) {
    return new Usage("2026-11", TestServer.APP, meter, retrievals, minutes, amount);
  }

  private int get(String path, String... fields) {
    return server.get(path, token, fields).statusCode();
  }

  @Test
  void rangesAndRetriesOfADownloadAreCountedOnceAtItsWholeLength() {
    Recorded recorded = recorded(61);
    for (int i = 0; i < 5; i++) {
      assertThat(get(recorded.contentPath(), "Range", "bytes=" + i + "-99")).isEqualTo(206);
    }
    assertThat(get(recorded.contentPath(), "Range", "bytes=0-1,5-6")).isEqualTo(206);
    assertThat(get(recorded.contentPath())).isEqualTo(200);

    assertThat(usage()).containsExactly(used(Meter.RECORDING, 1, 61, 183_000));
  }

  @Test
  void whatGivesNoByteOutIsFree() {
    Recorded recorded = recorded(10);
    String path = recorded.contentPath();
    assertThat(get(recorded.path())).isEqualTo(200);
    HttpRequest.Builder head =
        server.request(path, token).method("HEAD", HttpRequest.BodyPublishers.noBody());
    assertThat(server.send(head).statusCode()).isEqualTo(200);
    assertThat(get(path, "If-None-Match", recorded.entityTag())).isEqualTo(304);
    assertThat(get(path, "If-Match", "\"other\"")).isEqualTo(412);
    assertThat(get(path, "Range", "bytes=" + SIZE + "-")).isEqualTo(416);
    assertThat(usage()).isEmpty();

    assertThat(get(path, "Range", "bytes=0-0")).isEqualTo(206);
    assertThat(usage()).containsExactly(used(Meter.RECORDING, 1, 10, 30_000));
  }

  @Test
  void bothFormsOfATranscriptAreMeteredAndRenderingsAreNot() {
    Recorded recorded =
        lasting(server.handOver().transcript(TranscriptContract.VTT).keep(), "transcript", 7);
    assertThat(get(recorded.transcriptPath())).isEqualTo(200);
    assertThat(get(recorded.transcriptPath() + "/content")).isEqualTo(200);
    assertThat(get(recorded.transcriptPath() + "/content?$format=text/vtt")).isEqualTo(200);
    assertThat(get(recorded.transcriptPath() + "/metadataContent")).isEqualTo(200);
    assertThat(get(recorded.transcriptPath() + "/metadataContent")).isEqualTo(200);

    assertThat(usage()).containsExactly(used(Meter.TRANSCRIPT, 2, 14, 30_800));
  }

  @Test
  void theModelParameterIsOverlooked() {
    Recorded recorded = recorded(1);
    assertThat(get(recorded.contentPath() + "?model=A")).isEqualTo(200);
    assertThat(get(recorded.contentPath().replace("/v1.0/", "/beta/") + "?model=evaluation"))
        .isEqualTo(200);
    assertThat(usage()).containsExactly(used(Meter.RECORDING, 1, 1, 3_000));
  }

  @Test
  void adhocCallsAreNotMetered() {
    Recorded call = lasting(server.handOver().type("adhoc").keep(), "recording", 30);
    String person =
        server
            .tokens()
            .user(TestServer.TENANT, TestServer.ORGANIZER)
            .scopes(Permissions.CALL_RECORDINGS.readAll())
            .signed();
    assertThat(server.get(call.callPath() + "/content", person).statusCode()).isEqualTo(200);
    assertThat(usage()).isEmpty();
  }

  @Test
  void evaluationEndsWithTheDocumentedMessage() throws IOException {
    plan(Plan.EVALUATION);
    assertThat(get(recorded(600).contentPath())).isEqualTo(200);
    Recorded next = server.record();
    HttpResponse<byte[]> refused = server.get(next.contentPath(), token);

    assertThat(refused.statusCode()).isEqualTo(402);
    var error = JSON.readTree(refused.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("PaymentRequired");
    assertThat(error.path("message").asText())
        .contains(
            "evaluation capacity for the month has exceeded. To continue beyond the evalution"
                + " limits complete billing onboarding");
    assertThat(error.at("/innerError/code").asText()).isEqualTo("evaluationCapacity");
    assertThat(error.at("/innerError/message").asText()).contains("600 of 600 minutes");
    assertThat(refused.headers().firstValue("Content-Disposition")).isEmpty();
    String id = refused.headers().firstValue("request-id").orElseThrow();
    assertThat(server.journal(id).allowed()).isFalse();
    assertThat(server.journal(id).rule()).isEqualTo("evaluation-capacity");
    // What costs nothing goes on, and so does the month that follows.
    assertThat(get(next.contentPath(), "If-None-Match", next.entityTag())).isEqualTo(304);
    server.clock().advance(Duration.ofDays(31));
    token = token();
    assertThat(get(next.contentPath())).isNotEqualTo(402);
  }

  @Test
  void aBatchsPartsCount() throws IOException {
    plan(Plan.EVALUATION);
    List<Recorded> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(server.handOver().keep());
    }
    lasting(all.getFirst(), "recording", 300);
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      String dependsOn = i == 0 ? "" : ",\"dependsOn\":[\"" + (i - 1) + "\"]";
      requests
          .append(requests.isEmpty() ? "" : ",")
          .append(
              "{\"id\":\"%d\",\"method\":\"GET\",\"url\":\"%s\"%s}"
                  .formatted(i, all.get(i).contentPath().replaceFirst("^/v1.0", ""), dependsOn));
    }
    HttpRequest.Builder batch =
        server
            .request("/v1.0/$batch", token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"requests\":[" + requests + "]}"));

    var answers = JSON.readTree(server.send(batch).body()).path("responses");

    assertThat(answers)
        .extracting(it -> it.path("status").asInt())
        .containsExactlyInAnyOrder(200, 200, 402, 424);
    assertThat(usage()).containsExactly(used(Meter.RECORDING, 2, 600, 0));
  }

  @Test
  void since2025NothingIsChargedAndNothingRefused() {
    server.close();
    server = start(TestSetup.tariff(new Tariff(Tariff.Preset.SINCE_2025, PriceList.DOCUMENTED)));
    ready();
    plan(Plan.EVALUATION);
    assertThat(get(recorded(700).contentPath())).isEqualTo(200);
    assertThat(get(recorded(700).contentPath())).isEqualTo(200);

    assertThat(usage()).containsExactly(used(Meter.RECORDING, 2, 1_400, 0));
  }

  @Test
  void thePriceIsThatOfTheTimeWhenASessionBegan() throws IOException {
    server.close();
    long rise = Ticks.of(TestClock.START.plus(Duration.ofHours(1)));
    server =
        start(
            TestSetup.tariff(
                new Tariff(
                    Tariff.Preset.DOCUMENTED,
                    new PriceList(
                        "EUR",
                        List.of(
                            new PriceList.Price(Meter.RECORDING, rise, 5_000),
                            new PriceList.Price(Meter.RECORDING, 0, 4_000))))));
    ready();
    assertThat(get(recorded(10).contentPath())).isEqualTo(200);
    assertThat(usage()).containsExactly(used(Meter.RECORDING, 1, 10, 40_000));
    server.clock().advance(Duration.ofHours(2));
    token = token();
    assertThat(get(recorded(10).contentPath())).isEqualTo(200);
    assertThat(usage()).containsExactly(used(Meter.RECORDING, 2, 20, 90_000));

    String manager = server.tokens().app(TestServer.TENANT, "m").roles(AdminAccess.MANAGE).signed();
    var prices = JSON.readTree(server.get("/admin/v1/prices?$top=1", manager).body());
    assertThat(prices.at("/value/0/amount").asText()).isEqualTo("0.004000");
    assertThat(prices.at("/value/0/toDateTime").asText()).isEqualTo(Ticks.format(rise));
    String next = prices.path("@odata.nextLink").asText().substring(server.base().length());
    var last = JSON.readTree(server.get(next, manager).body());
    assertThat(last.at("/value/0/amount").asText()).isEqualTo("0.005000");
    assertThat(last.at("/value/0/toDateTime").isNull()).isTrue();
    assertThat(last.at("/value/0/currency").asText()).isEqualTo("EUR");
    assertThat(last.has("@odata.nextLink")).isFalse();
  }

  @Test
  void aClientThatLeavesInTheMiddleHasRetrieved() throws IOException {
    Recorded recorded = lasting(server.handOver().bytes(Media.mp4(8 << 20)).keep(), "recording", 9);
    try (RawHttp raw = RawHttp.to(server)) {
      raw.send(
          "GET "
              + recorded.contentPath()
              + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + token
              + "\r\n\r\n");
      raw.head();
      raw.readExactly(1_000);
    }
    Poll.until(
        "it is counted for good",
        SOON,
        () ->
            server
                    .database()
                    .<Integer>read(
                        handle ->
                            handle
                                .createQuery("select confirmed from metering_session")
                                .mapTo(Integer.class)
                                .one())
                == 1);
    assertThat(usage()).containsExactly(used(Meter.RECORDING, 1, 9, 27_000));
  }

  @Test
  void sixtyFourDownloadsAtOnceWithRangesAndRetries() throws Exception {
    plan(Plan.EVALUATION);
    List<Recorded> films = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      films.add(server.handOver().bytes(Media.mp4(SIZE)).keep());
    }
    lasting(films.getFirst(), "recording", 50);
    // 24 times 50 minutes are wanted; 600 are there.
    Map<Integer, String> admitted = new ConcurrentHashMap<>();
    Map<Integer, Integer> strange = new ConcurrentHashMap<>();
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < PARALLEL; i++) {
        int number = i;
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  await(start);
                  download(films, number, admitted, strange);
                },
                threads));
      }
      start.countDown();
      for (CompletableFuture<Void> one : all) {
        one.get();
      }
    }

    assertThat(strange).isEmpty();
    assertThat(admitted).hasSize(12);
    assertThat(usage()).containsExactly(used(Meter.RECORDING, 12, 600, 0));
    // Those that were begun go on although nothing is left.
    int known = admitted.keySet().iterator().next();
    assertThat(get(films.get(known).contentPath(), "Range", "bytes=5-9")).isEqualTo(206);
  }

  private void download(
      List<Recorded> films,
      int number,
      Map<Integer, String> admitted,
      Map<Integer, Integer> strange) {
    SplittableRandom random = new SplittableRandom(number);
    int film = number % films.size();
    for (int i = 0; i < 6; i++) {
      int from = random.nextInt(SIZE - 1_000);
      int status =
          switch (random.nextInt(4)) {
            case 0 -> get(films.get(film).contentPath());
            case 1 -> get(films.get(film).contentPath(), "If-Match", "\"other\"");
            default ->
                get(
                    films.get(film).contentPath(),
                    "Range",
                    "bytes=" + from + "-" + (from + random.nextInt(1_000)));
          };
      switch (status) {
        case 200, 206 -> admitted.put(film, "");
        case 402, 412 -> {}
        default -> strange.put(number, status);
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
