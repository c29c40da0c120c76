package dev.aftercall.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of files that a recorder sends itself, on each database. */
abstract class ArrivalsContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID ADA = TestServer.guid("Ada");

  TestServer server;

  abstract TestSetup.Difference database();

  @BeforeEach
  void start() {
    server =
        new TestServer(database(), TestSetup.source(Sources.of("scripts", RecorderType.UPLOAD)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void rule(AssignmentRule rule) {
    new JdbcAssignmentRules(server.database())
        .put(TestServer.TENANT, rule, new Precondition.Always());
  }

  HttpResponse<byte[]> announce(String secret, String json) {
    return server.send(
        server
            .request("/intake/v1/sources/scripts/recordings", secret)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  static String file(String id, String room) {
    return "{\"sourceId\":\"" + id + "\",\"room\":\"" + room + "\",\"fileName\":\"a.mp4\"}";
  }

  private JsonNode body(HttpResponse<byte[]> answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  private HttpResponse<byte[]> put(JsonNode opened, byte[] bytes) {
    return server.send(
        HttpRequest.newBuilder(URI.create(opened.path("uploadUrl").asText()))
            .PUT(BodyPublishers.ofByteArray(bytes)));
  }

  private HttpResponse<byte[]> send(String id, String room, byte[] bytes) throws Exception {
    return put(body(announce(Sources.SECRET, file(id, room))), bytes);
  }

  private List<Arrival> all() {
    return Sources.arrivals(server);
  }

  private ArrivalDesk desk() {
    return new ArrivalDesk(server.arrivals(), server.intake().custody());
  }

  @Test
  void whatARuleNamesIsThere() throws Exception {
    rule(Sources.rule("weekly", "week*", ADA));
    HttpResponse<byte[]> sent = send("one", "Weekly", Media.mp4());
    assertThat(sent.statusCode()).isEqualTo(201);
    String meeting = body(sent).path("meetingId").asText();
    String recording = body(sent).path("id").asText();

    assertThat(all()).hasSize(1);
    Arrival arrival = all().getFirst();
    assertThat(arrival.state()).isEqualTo(State.READY);
    assertThat(arrival.rule()).isEqualTo("weekly");
    assertThat(arrival.facts().orElseThrow().sha256())
        .isEqualTo(body(sent).path("sha256").asText());
    HttpResponse<byte[]> content =
        server.get(
            "/v1.0/me/onlineMeetings/" + meeting + "/recordings/" + recording + "/content",
            server.user(ADA));
    assertThat(content.statusCode()).isEqualTo(200);
    assertThat(content.body()).isEqualTo(Media.mp4());
  }

  @Test
  void whatNoRuleNamesWaitsAndIsAssignedByHand() throws Exception {
    HttpResponse<byte[]> sent = send("one", "Board", Media.mp4());
    assertThat(sent.statusCode()).isEqualTo(201);
    assertThat(body(sent).path("state").asText()).isEqualTo("waiting");
    Arrival waiting = all().getFirst();
    assertThat(waiting.state()).isEqualTo(State.UNASSIGNED);
    assertThat(waiting.reason()).contains("Board", "scripts", "rule");
    assertThat(
            server.get("/v1.0/me/onlineMeetings/getAllRecordings", server.user(ADA)).statusCode())
        .isNotEqualTo(500);

    ObjectNode whose = JSON.createObjectNode().put("organizer", ADA.toString());
    Arrival ready = desk().assign(waiting, whose);
    assertThat(ready.state()).isEqualTo(State.READY);
    assertThat(ready.rule()).isEqualTo("by hand");
    assertThatThrownBy(() -> desk().assign(ready, whose)).isInstanceOf(ChangeRefused.class);
  }

  @Test
  void aRuleMadeLaterTakesWhatWaits() throws Exception {
    send("one", "Board", Media.mp4());
    rule(Sources.rule("board", "board", ADA));
    assertThat(desk().replay(all().getFirst()).state()).isEqualTo(State.READY);
  }

  @Test
  void theSameFileAgainIsTheSame() throws Exception {
    rule(Sources.rule("all", "*", ADA));
    JsonNode first = body(send("one", "Weekly", Media.mp4()));
    JsonNode again = body(announce(Sources.SECRET, file("one", "Weekly")));
    assertThat(again.path("state").asText()).isEqualTo("ready");
    assertThat(again.path("receipt").path("id")).isEqualTo(first.path("id"));
    assertThat(all()).hasSize(1);
  }

  @Test
  void whatWasKeptAndNotWrittenDownIsCaughtUpWithWhenItIsAnnouncedAgain() throws Exception {
    rule(Sources.rule("all", "*", ADA));
    send("one", "Weekly", Media.mp4());
    // As a process leaves it that dies just before its last step.
    server
        .database()
        .write(
            handle -> handle.execute("update arrival set state = 'probing', artifact_id = null"));
    JsonNode again = body(announce(Sources.SECRET, file("one", "Weekly")));
    assertThat(again.path("state").asText()).isEqualTo("ready");
    assertThat(all().getFirst().state()).isEqualTo(State.READY);
    assertThat(all().getFirst().artifact()).isPresent();
  }

  @Test
  void theSameBytesUnderAnotherNameAreOneRecordingWithOneReceipt() throws Exception {
    rule(Sources.rule("all", "*", ADA));
    JsonNode first = body(send("one", "Weekly", Media.mp4()));
    HttpResponse<byte[]> second = send("two", "Weekly", Media.mp4());
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(body(second).path("id")).isEqualTo(first.path("id"));
    assertThat(all()).hasSize(2).allMatch(it -> it.state() == State.READY);
    assertThat(all().stream().filter(it -> it.sameAs().isPresent())).hasSize(1);
    assertThat(recordings()).isEqualTo(1);
    assertThat(body(announce(Sources.SECRET, file("two", "Weekly"))).path("receipt").path("id"))
        .isEqualTo(first.path("id"));
  }

  @Test
  void theSameBytesAtTheSameInstantHaveOneReceiptAtOnce() throws Exception {
    rule(Sources.rule("all", "*", ADA));
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JsonNode>> kept =
          IntStream.range(0, 6)
              .mapToObj(i -> senders.submit(() -> body(send("copy " + i, "r" + i, Media.mp4()))))
              .toList();
      for (Future<JsonNode> one : kept) {
        assertThat(one.get().path("id").asText())
            .isNotEmpty()
            .isEqualTo(kept.getFirst().get().path("id").asText());
      }
    }
    assertThat(recordings()).isEqualTo(1);
  }

  @Test
  void theSameBytesForTwoPeopleAreTwoRecordings() throws Exception {
    rule(Sources.rule("ada", "a", ADA));
    rule(Sources.rule("bob", "b", TestServer.guid("Bob")));
    send("one", "a", Media.mp4());
    send("two", "b", Media.mp4());
    assertThat(recordings()).isEqualTo(2);
  }

  private int recordings() {
    return Sources.recordings(server);
  }

  @Test
  void filesOfOneMeetingGoIntoOneMeetingInTheirOrder() throws Exception {
    rule(Sources.rule("all", "*", ADA));
    String first =
        "{\"sourceId\":\"1\",\"room\":\"r\",\"meeting\":\"m-7\",\"start\":\"2026-01-31T09:00:00Z\"}";
    String second =
        "{\"sourceId\":\"2\",\"room\":\"r\",\"meeting\":\"m-7\",\"start\":\"2026-01-31T10:00:00Z\"}";
    JsonNode later =
        body(put(body(announce(Sources.SECRET, second)), Media.mp4(Media.mp4().length + 100)));
    JsonNode sooner = body(put(body(announce(Sources.SECRET, first)), Media.mp4()));
    assertThat(later.path("meetingId")).isEqualTo(sooner.path("meetingId"));
    assertThat(later.path("id")).isNotEqualTo(sooner.path("id"));
    assertThat(server.arrivals().store().segments(all().getFirst()))
        .extracting(ArrivalStore.Segment::start)
        .isSorted()
        .hasSize(2);
  }

  @Test
  void filesOfOneRoomShortlyAfterEachOtherAreOneMeeting() throws Exception {
    rule(Sources.rule("all", "*", ADA));
    String form = "{\"sourceId\":\"%s\",\"room\":\"r\",\"start\":\"2026-01-31T%sZ\"}";
    JsonNode one = at(form.formatted("1", "09:00:00"), 100);
    JsonNode soon = at(form.formatted("2", "09:10:00"), 200);
    JsonNode late = at(form.formatted("3", "11:00:00"), 300);
    assertThat(soon.path("meetingId")).isEqualTo(one.path("meetingId"));
    assertThat(late.path("meetingId")).isNotEqualTo(one.path("meetingId"));
  }

  @Test
  void filesOfOneRoomThatComeAtTheSameInstantAreOneMeeting() throws Exception {
    rule(Sources.rule("all", "*", ADA));
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JsonNode>> kept =
          IntStream.range(0, 8).mapToObj(i -> senders.submit(() -> inTheMinute(i))).toList();
      for (Future<JsonNode> one : kept) {
        assertThat(one.get().path("meetingId").asText())
            .isNotEmpty()
            .isEqualTo(kept.getFirst().get().path("meetingId").asText());
      }
    }
  }

  private JsonNode inTheMinute(int minute) throws Exception {
    String start = "2026-01-31T09:0" + minute + ":00Z";
    return at(
        "{\"sourceId\":\"" + minute + "\",\"room\":\"r\",\"start\":\"" + start + "\"}",
        100 + minute);
  }

  private JsonNode at(String announcement, int more) throws Exception {
    return body(
        put(body(announce(Sources.SECRET, announcement)), Media.mp4(Media.mp4().length + more)));
  }

  @Test
  void whatARuleRejectsIsNotKept() throws Exception {
    AssignmentRule take = Sources.rule("no tests", "test*", ADA);
    rule(
        new AssignmentRule(
            take.name(),
            1,
            Optional.empty(),
            "test*",
            "",
            AssignmentRule.Action.REJECT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            "",
            "",
            List.of(),
            1));
    rule(Sources.rule("all", "*", ADA));
    send("one", "Test room", Media.mp4());
    assertThat(all().getFirst().state()).isEqualTo(State.REJECTED);
    assertThat(all().getFirst().reason()).contains("no tests");
    assertThat(recordings()).isZero();
  }

  @Test
  void whatIsNoMediaIsInQuarantineAndComesOutByRelease() throws Exception {
    rule(Sources.rule("all", "*", ADA));
    HttpResponse<byte[]> sent = send("one", "r", new byte[5_000]);
    assertThat(sent.statusCode()).isEqualTo(422);
    Arrival arrival = all().getFirst();
    assertThat(arrival.state()).isEqualTo(State.QUARANTINED);
    assertThat(arrival.reason()).isNotEmpty();
    assertThat(desk().quarantined(arrival)).exists();

    java.nio.file.Path mended =
        java.nio.file.Files.write(server.dataDir().resolve("mended.mp4"), Media.mp4());
    Arrival ready = desk().release(arrival, Optional.of(new ArrivalDesk.Mended("by hand", mended)));
    assertThat(ready.state()).isEqualTo(State.READY);
    assertThat(ready.mended()).isEqualTo("by hand");
    assertThat(desk().quarantined(arrival)).exists().hasBinaryContent(new byte[5_000]);
  }

  @Test
  void nobodySendsWithoutTheSecret() {
    assertThat(announce("", file("one", "r")).statusCode()).isEqualTo(401);
    assertThat(announce("wrong", file("one", "r")).statusCode()).isEqualTo(401);
    assertThat(all()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAnAnnouncement() throws Exception {
    assertThat(announce(Sources.SECRET, "{").statusCode()).isEqualTo(400);
    assertThat(announce(Sources.SECRET, "[]").statusCode()).isEqualTo(400);
    HttpResponse<byte[]> noId = announce(Sources.SECRET, "{\"room\":\"r\"}");
    assertThat(noId.statusCode()).isEqualTo(400);
    assertThat(new String(noId.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("sourceId");
    assertThat(announce(Sources.SECRET, file("x".repeat(300), "r")).statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsRefusedBeforeAByteCameIsOverAndSaysWhy() throws Exception {
    String large = "{\"sourceId\":\"one\",\"room\":\"r\",\"size\":" + (2L << 30) + "}";
    assertThat(announce(Sources.SECRET, large).statusCode()).isEqualTo(413);
    assertThat(all().getFirst().state()).isEqualTo(State.QUARANTINED);
    assertThat(all().getFirst().reason()).contains("larger");
    assertThat(server.arrivals().store().oldestUnfinished()).isEmpty();

    // Cut to a length that is taken, it is.
    assertThat(send("one", "r", Media.mp4()).statusCode()).isEqualTo(201);
    assertThat(all().getFirst().state()).isEqualTo(State.UNASSIGNED);
  }

  @Test
  void findsWhatASourceAnnounced() throws Exception {
    send("one", "r", Media.mp4());
    Source source = Sources.of("scripts", RecorderType.UPLOAD).source();
    ArrivalStore store = server.arrivals().store();
    assertThat(store.bySource(source.tenant(), source.name(), "one").map(Arrival::id))
        .contains(all().getFirst().id());
    assertThat(store.bySource(source.tenant(), source.name(), "two")).isEmpty();
    assertThat(store.bySource(source.tenant(), "others", "one")).isEmpty();
  }

  @Test
  void remembersWhatWasSeenUntilItNeedNot() {
    ArrivalStore store = server.arrivals().store();
    assertThat(store.seen("scripts", "n")).isFalse();
    assertThat(store.first("scripts", "n", 100)).isTrue();
    assertThat(store.first("scripts", "n", 100)).isFalse();
    assertThat(store.seen("scripts", "n")).isTrue();
    assertThat(store.seen("others", "n")).isFalse();
    store.tidy(101);
    assertThat(store.seen("scripts", "n")).isFalse();
  }

  @Test
  void countsWhatIsOnItsWay() throws Exception {
    send("one", "r", Media.mp4());
    announce(Sources.SECRET, file("two", "r"));
    assertThat(server.arrivals().store().counts().get("scripts"))
        .containsEntry(State.UNASSIGNED, 1L)
        .containsEntry(State.FETCHING, 1L);
    assertThat(server.arrivals().store().oldestUnfinished()).isPresent();
  }
}
