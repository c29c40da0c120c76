package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.config.FunctionSpelling;
import dev.aftercall.jdbc.ChangeSequence;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Inventory.Reason;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deltas as clients follow them: nothing is lost, whatever comes meanwhile. */
final class DeltaOverHttpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DELTA =
      "/v1.0/users/"
          + TestServer.ORGANIZER
          + "/onlineMeetings/getAllRecordings(meetingOrganizerUserId='"
          + TestServer.ORGANIZER
          + "')/delta";

  private TestServer server;
  private String app;

  @BeforeEach
  void start() {
    server =
        new TestServer(
            TestSetup.lists(new ListSettings(FunctionSpelling.LENIENT, true, Duration.ofDays(30))));
    server.coverEverybody(TestServer.APP);
    app = server.app();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private record Round(List<JsonNode> items, String deltaLink, int pages) {
    List<String> ids() {
      return items.stream().map(item -> item.path("id").asText()).toList();
    }
  }

  private Round follow(String start) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    Set<String> links = new HashSet<>();
    String next = start;
    int pages = 0;
    JsonNode page;
    do {
      page = json(server.get(next.replace(server.base(), ""), app));
      page.path("value").forEach(items::add);
      pages++;
      next = page.path("@odata.nextLink").asText();
      assertThat(links.add(next)).as("a new link each time").isTrue();
    } while (!next.isEmpty());
    String deltaLink = page.path("@odata.deltaLink").asText();
    assertThat(deltaLink)
        .startsWith(
            server.base()
                + DELTA.replace(
                    "/users/" + TestServer.ORGANIZER, "/users('" + TestServer.ORGANIZER + "')")
                + "?$deltatoken=")
        .matches(".*=[A-Za-z0-9_-]+");
    return new Round(items, deltaLink, pages);
  }

  @Test
  void firstEverythingThenWhatCame() throws IOException {
    List<String> there = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      there.add(server.record().id());
    }
    Round first = follow(DELTA + "?$top=2&$select=id");
    assertThat(first.ids()).containsExactlyInAnyOrderElementsOf(there);
    assertThat(first.pages()).isEqualTo(3);
    assertThat(first.items().getFirst().has("callId")).isFalse();

    Round nothing = follow(first.deltaLink());
    assertThat(nothing.ids()).isEmpty();

    String late = server.record().id();
    Round then = follow(nothing.deltaLink());
    assertThat(then.ids()).containsExactly(late);
    assertThat(then.items().getFirst().has("callId")).as("the selection goes on").isFalse();
    assertThat(follow(first.deltaLink()).ids()).as("the older link too").containsExactly(late);
  }

  @Test
  void latestTellsNothingOfTheTimeBefore() throws IOException {
    server.record();
    Round latest = follow(DELTA + "?$deltatoken=latest");
    assertThat(latest.ids()).isEmpty();

    String late = server.record().id();
    assertThat(follow(latest.deltaLink()).ids()).containsExactly(late);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$skiptoken",
        "$skipToken",
        "skipToken",
        "$deltatoken",
        "$DeltaToken",
        "deltaToken"
      })
  void everySpellingOfATokenServes(String name) throws IOException {
    Round first = follow(DELTA);
    String id = server.record().id();

    assertThat(follow(first.deltaLink().replace("$deltatoken", name)).ids()).containsExactly(id);
    String bare = DELTA.replaceAll("\\(.*\\)", "") + first.deltaLink().replaceAll("^[^?]*", "");
    assertThat(follow(bare).ids()).as("the token names the organizer").containsExactly(id);
  }

  @Test
  void removalsAreTold() throws IOException {
    Recorded gone = server.record();
    String stays = server.record().id();
    Round first = follow(DELTA);
    server
        .database()
        .write(
            handle -> {
              var entry =
                  ChangeSequence.removed(
                      handle, Artifact.Kind.RECORDING, gone.artifact(), Reason.DELETED);
              handle.execute(
                  "delete from recording where artifact_id = ?", gone.artifact().toString());
              ChangeSequence.append(handle, entry.stream().toList(), 1);
              return entry;
            });

    Round then = follow(first.deltaLink());
    assertThat(then.ids()).containsExactly(gone.id());
    assertThat(then.items().getFirst().path("@removed").path("reason").asText())
        .isEqualTo("deleted");
    assertThat(follow(DELTA).ids()).containsExactly(stays);
  }

  @Test
  void aMeetingHasItsOwnDelta() throws IOException {
    Recorded recorded = server.record();
    server.record();
    String path = "/v1.0/users/" + TestServer.ORGANIZER + "/onlineMeetings/" + recorded.meetingId();
    for (String spelling : List.of("/recordings/delta()", "/recordings/delta")) {
      JsonNode json = json(server.get(path + spelling, app));
      assertThat(json.path("value")).hasSize(1);
      assertThat(json.path("@odata.context").asText()).endsWith("#Collection(callRecording)");
      String link = json.path("@odata.deltaLink").asText().replace(server.base(), "");
      assertThat(json(server.get(link, app)).path("value")).isEmpty();
    }
    String transcripts =
        server
            .tokens()
            .app(TestServer.TENANT, TestServer.APP)
            .roles("OnlineMeetingTranscript.Read.All")
            .signed();
    assertThat(json(server.get(path + "/transcripts/delta", transcripts)).path("value")).isEmpty();
    assertThat(
            json(server.get(DELTA.replace("Recordings", "Transcripts"), transcripts)).path("value"))
        .isEmpty();
  }

  @Test
  void whatIsTooOldBeginsAnew() throws IOException {
    String id = server.record().id();
    Round first = follow(DELTA);
    server.clock().advance(Duration.ofDays(31));
    String fresh = server.app();

    HttpResponse<byte[]> gone = server.get(first.deltaLink().replace(server.base(), ""), fresh);
    assertThat(gone.statusCode()).isEqualTo(410);
    assertThat(JSON.readTree(gone.body()).path("error").path("code").asText())
        .isEqualTo("syncStateNotFound");
    String location = gone.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(server.base()).endsWith("$deltatoken=");
    JsonNode anew = json(server.get(location.replace(server.base(), ""), fresh));
    assertThat(anew.path("value").path(0).path("id").asText()).isEqualTo(id);
  }

  @Test
  void aFilterGoesWithTheTokenAndNotBesideIt() throws IOException {
    Round first = follow(DELTA + "?$filter=createdDateTime%20ge%202026-06-01T00:00:00Z");
    server.handOver().with("start", "2026-05-01T00:00:00Z").keep();
    String wanted = server.handOver().with("start", "2026-06-02T00:00:00Z").keep().id();
    assertThat(follow(first.deltaLink()).ids()).containsExactly(wanted);

    HttpResponse<byte[]> beside =
        server.get(first.deltaLink().replace(server.base(), "") + "&$filter=id%20ne%20'x'", app);
    assertThat(beside.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(beside.body()).at("/error/innerError/code").asText())
        .isEqualTo("DeltaFilterNotAllowed");
  }

  @Test
  void nothingIsLostWhileOthersWrite() throws Exception {
    int writers = 4;
    Set<String> seen = new HashSet<>();
    Set<String> written = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> running = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        running.add(
            threads.submit(
                () -> {
                  List<String> ids = new ArrayList<>();
                  for (int i = 0; i < 8; i++) {
                    ids.add(server.record().id());
                  }
                  return ids;
                }));
      }
      String link = DELTA + "?$top=3";
      boolean over = false;
      while (!over) {
        over = running.stream().allMatch(Future::isDone);
        Round round = follow(link);
        seen.addAll(round.ids());
        link = round.deltaLink();
      }
      for (Future<List<String>> writer : running) {
        written.addAll(writer.get());
      }
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(written);
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
