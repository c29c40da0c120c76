package dev.aftercall.recorder.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.recorder.graph.Between.Fault;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.testing.WebhookReceiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tenant is copied as it is, whatever happens on the way. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
abstract class MirrorContract {
  private static final String VTT = "WEBVTT\n\n00:00:01.500 --> 00:00:04.000\n<v Ada>Grüße</v>\n";

  @TempDir Path dir;

  private Pair pair;

  abstract TestSetup.Difference database();

  @BeforeEach
  void start() {
    pair = new Pair(dir, database());
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  /** A meeting with two recordings and a transcript, another one, a call; seven artifacts. */
  private List<Recorded> fill() {
    TestServer remote = pair.remote;
    List<Recorded> all = new ArrayList<>();
    Recorded first = remote.handOver().coorganizers(TestServer.OUTSIDER).transcript(VTT).keep();
    all.add(first);
    // The same bytes for the same person: two recordings there, two here.
    remote.clock().advance(Duration.ofMinutes(10));
    all.add(remote.handOver().with("meetingId", first.meetingId()).keep());
    all.add(remote.handOver().with("subject", "Another").bytes(larger(5)).keep());
    all.add(remote.handOver().type("adhoc").organizer(TestServer.ATTENDEE).transcript(VTT).keep());
    all.add(remote.record());
    return all;
  }

  private static byte[] larger(int by) {
    return Media.mp4(Media.mp4().length + 100 * by);
  }

  private void same(List<Recorded> all) {
    for (Recorded one : all) {
      String path = one.callId().isPresent() ? one.callPath() : one.path();
      assertThat(pair.locally(path)).isEqualTo(pair.remotely(path)).contains(one.id());
      assertThat(pair.local().get(path + "/content", Pair.token(pair.local())).body())
          .isEqualTo(one.bytes());
      if (one.transcriptId().isPresent()) {
        String transcript = one.transcriptPath();
        assertThat(pair.locally(transcript)).isEqualTo(pair.remotely(transcript));
        assertThat(pair.locally(transcript + "/content"))
            .isEqualTo(pair.remotely(transcript + "/content"));
      }
    }
  }

  private void nothingDoubled(int recordings, int transcripts, int meetings) {
    assertThat(pair.count("recording")).isEqualTo(recordings);
    assertThat(pair.count("transcript")).isEqualTo(transcripts);
    assertThat(pair.count("meeting")).isEqualTo(meetings);
  }

  @Test
  void everythingIsCalledAsItWasAndComesOnce() {
    List<Recorded> all = fill();
    List<Arrival> over = pair.over(7);
    assertThat(over).allMatch(it -> it.state() == State.READY, over.toString());
    same(all);
    nothingDoubled(5, 2, 4);
    Recorded first = all.getFirst();
    String meeting = "/v1.0/users/" + first.organizer() + "/onlineMeetings/" + first.meetingId();
    assertThat(people(pair.locally(meeting))).isEqualTo(people(pair.remotely(meeting)));

    pair.anotherRound();
    pair.anotherRound();
    nothingDoubled(5, 2, 4);
    assertThat(pair.arrivals()).hasSize(7);

    Recorded late = pair.remote.handOver().bytes(larger(6)).keep();
    pair.over(8);
    same(List.of(late));
    assertThat(new String(pair.local().get("/metrics", "m").body(), StandardCharsets.UTF_8))
        .contains("aftercall_intake_mirror_age_seconds{source=\"teams\"}");
  }

  private static List<String> people(String meeting) {
    JsonNode json = read(meeting);
    List<String> facts = new ArrayList<>();
    for (String member : List.of("id", "subject", "startDateTime", "endDateTime", "meetingType")) {
      facts.add(json.path(member).asText());
    }
    Set<String> people = new TreeSet<>();
    for (JsonNode person : json.path("participants").path("attendees")) {
      people.add(
          person.path("identity").path("user").path("id").asText() + person.path("role").asText());
    }
    assertThat(people).isNotEmpty();
    facts.addAll(people);
    facts.add(json.path("chatInfo").path("threadId").asText());
    return facts;
  }

  private static JsonNode read(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void goesOnThroughEveryKindOfFailure() {
    List<Recorded> all = fill();
    List<Fault> kinds =
        List.of(
            Between.busy(429, 20),
            Between.status(500),
            new Fault.Half(),
            Between.busy(503, 40),
            Between.status(502),
            Between.status(401));
    Map<String, Integer> times = new ConcurrentHashMap<>();
    Map<String, Instant> closed = new ConcurrentHashMap<>();
    List<String> early = new CopyOnWriteArrayList<>();
    pair.between.failing(
        path -> {
          Instant now = pair.local().clock().instant();
          String of = path.replaceFirst("\\?.*", "");
          if (now.isBefore(closed.getOrDefault(of, Instant.MIN))) {
            early.add(path);
          }
          int time = times.merge(of, 1, Integer::sum);
          int which = (of.hashCode() & 0xff) + time;
          if (time > 3) {
            return Optional.empty();
          }
          Fault fault = kinds.get(which % kinds.size());
          if (fault instanceof Fault.Status status && !status.field().isEmpty()) {
            closed.put(of, now.plusSeconds(Long.parseLong(status.value())));
          }
          return Optional.of(fault);
        });
    List<Arrival> over = pair.over(7);
    assertThat(over).allMatch(it -> it.state() == State.READY, over.toString());
    assertThat(early).as("asked again before Retry-After was over").isEmpty();
    same(all);
    nothingDoubled(5, 2, 4);
  }

  @Test
  void goesOnAfterEachRestart() {
    List<Recorded> all = fill();
    // One content and one page at each life.
    for (int life = 0; life < 5; life++) {
      int allowed = life;
      Set<String> pages = ConcurrentHashMap.newKeySet();
      Set<String> contents = ConcurrentHashMap.newKeySet();
      pair.between.failing(
          path -> {
            Set<String> seen = path.contains("/content") ? contents : pages;
            boolean counted = path.contains("/content") || path.contains("/delta");
            if (!counted || seen.contains(path)) {
              return Optional.empty();
            }
            if (seen.size() > allowed) {
              return Optional.of(Between.status(500));
            }
            seen.add(path);
            return Optional.empty();
          });
      pair.until("a page of this life", () -> !pages.isEmpty());
      pair.reopen();
    }
    pair.between.failing(path -> Optional.empty());
    List<Arrival> over = pair.over(7);
    assertThat(over).allMatch(it -> it.state() == State.READY, over.toString());
    same(all);
    nothingDoubled(5, 2, 4);
  }

  @Test
  void anEndedTokenAndForgottenPositionsDoNoHarm() {
    fill();
    pair.over(7);
    pair.anotherRound();
    // Longer than tokens and the server's memory of positions live.
    pair.remote.clock().advance(Duration.ofDays(31));
    Recorded late = pair.remote.handOver().bytes(larger(6)).keep();
    pair.over(8);
    same(List.of(late));
    nothingDoubled(6, 2, 5);
    assertThat(pair.arrivals()).allMatch(it -> it.state() == State.READY);
  }

  @Test
  void aTokenThatEndsBeforeTheContentIsFetchedIsReplaced() {
    pair.between.failing(
        path -> path.contains("/content") ? Optional.of(Between.status(500)) : Optional.empty());
    Recorded one = pair.remote.record();
    pair.until("an arrival", () -> !pair.arrivals().isEmpty());
    pair.remote.clock().advance(Duration.ofHours(2));
    pair.between.failing(path -> Optional.empty());
    pair.over(1);
    same(List.of(one));
  }

  @Test
  void aTranscriptMayComeBeforeItsRecording() {
    pair.between.failing(
        path ->
            path.contains("/recordings/") && path.endsWith("/content")
                ? Optional.of(Between.status(500))
                : Optional.empty());
    Recorded one = pair.remote.handOver().transcript(VTT).keep();
    pair.until("the transcript", () -> pair.count("transcript") == 1);
    assertThat(pair.count("recording")).isZero();
    pair.between.failing(path -> Optional.empty());
    pair.over(2);
    same(List.of(one));
    nothingDoubled(1, 1, 1);
  }

  @Test
  void nothingIsOverwrittenUnderTheSameId() {
    List<Recorded> all = fill();
    pair.over(7);
    try (Between liar = new Between();
        Between honest = new Between()) {
      liar.leadsTo(pair.remote, () -> Pair.token(pair.remote));
      honest.leadsTo(pair.remote, () -> Pair.token(pair.remote));
      // The tenant writes one address into its links.
      liar.pages(text -> text.replace(pair.between.base(), liar.base()));
      honest.pages(text -> text.replace(pair.between.base(), honest.base()));
      liar.contents(
          bytes ->
              new String(bytes, StandardCharsets.UTF_8).startsWith("WEBVTT")
                  ? VTT.replace("Ada", "Eve").getBytes(StandardCharsets.UTF_8)
                  : larger(9));
      pair.reopen(Pair.source("liar", liar), Pair.source("honest", honest));
      List<Arrival> over = pair.over(21);
      assertThat(over)
          .filteredOn(it -> it.source().equals("liar"))
          .hasSize(7)
          .allMatch(
              it ->
                  it.state() == State.QUARANTINED
                      && it.reason().contains("Nothing was overwritten"));
      assertThat(over)
          .filteredOn(it -> it.source().equals("honest"))
          .hasSize(7)
          .allMatch(it -> it.state() == State.READY && it.reason().contains("same id"));
      same(all);
      nothingDoubled(5, 2, 4);
      pair.reopen();
    }
  }

  @Test
  void theMembersOfAGroupAreFollowed() {
    pair.between.failing(
        path -> path.contains("/groups/") ? Optional.of(Between.status(403)) : Optional.empty());
    fill();
    pair.over(7);
    pair.reopen(Pair.ofGroup("members", pair.between));
    pair.until(
        "a group that may not be read",
        () -> pair.between.asked().stream().anyMatch(it -> it.contains("/groups/")));
    assertThat(pair.arrivals()).hasSize(7);
    pair.between.failing(path -> Optional.empty());
    assertThat(pair.over(14))
        .filteredOn(it -> it.source().equals("members"))
        .hasSize(7)
        .allMatch(it -> it.state() == State.READY);
    nothingDoubled(5, 2, 4);
  }

  @Test
  void theTokenGoesToNoOtherHost() {
    try (WebhookReceiver other = new WebhookReceiver()) {
      pair.between.pages(
          text -> text.replace(pair.between.base() + "/v1.0/users('", other.url("/v1.0/users('")));
      for (int i = 0; i < 3; i++) {
        pair.remote.record();
      }
      pair.until(
          "two tries",
          () ->
              pair.between.asked().stream()
                      .filter(it -> it.contains("getAllRecordings(meeting"))
                      .count()
                  > 4);
      assertThat(other.everything()).isEmpty();
    }
  }

  @Test
  void aSourceThatIsFollowedTakesNothing() {
    for (String step : List.of("", "/recordings")) {
      var answer =
          pair.local()
              .send(
                  pair.local()
                      .request("/intake/v1/sources/" + Pair.NAME + step, Between.SECRET)
                      .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
      assertThat(answer.statusCode()).isBetween(400, 404);
    }
    assertThat(pair.arrivals()).isEmpty();
  }
}
