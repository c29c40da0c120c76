package dev.aftercall.http;

import static dev.aftercall.http.MeetingCalls.MINE;
import static dev.aftercall.http.MeetingCalls.expect;
import static dev.aftercall.http.MeetingCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code createOrGet}: one meeting for each external id of an organizer. */
final class CreateOrGetTest {
  private TestServer server;
  private MeetingCalls calls;
  private String organizer;
  private String attendee;

  @BeforeEach
  void start() {
    server = new TestServer();
    calls = new MeetingCalls(server);
    organizer = calls.user(TestServer.ORGANIZER);
    attendee = calls.user(TestServer.ATTENDEE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void createOrGetMakesOneAndGetsItAgain() {
    String path = MINE + "/createOrGet";
    JsonNode made = expect(201, calls.send("POST", path, organizer, "{\"externalId\":\"one\"}"));
    JsonNode got =
        expect(
            200,
            calls.send(
                "POST",
                "/beta/users/"
                    + TestServer.ORGANIZER
                    + "/onlineMeetings/microsoft.graph.createOrGet",
                organizer,
                "{\"externalId\":\"one\",\"subject\":\"ignored\"}"));

    assertThat(got.path("id")).isEqualTo(made.path("id"));
    assertThat(got.path("subject").isNull()).isTrue();
    assertThat(got.path("externalId").asText()).isEqualTo("one");
    assertThat(
            expect(201, calls.send("POST", path, attendee, "{\"externalId\":\"one\"}")).path("id"))
        .isNotEqualTo(made.path("id"));
    assertThat(refused(400, calls.send("POST", path, organizer, "{}")).path("message").asText())
        .contains("'externalId'");
    refused(409, calls.send("POST", MINE, organizer, "{\"externalId\":\"one\"}"));
  }

  @Test
  void aRefusedPostDoesNotReviveTheMeetingThatStandsInItsWay() {
    JsonNode made = expect(201, calls.send("POST", MINE, organizer, "{\"externalId\":\"old\"}"));
    String path = MINE + "/" + made.path("id").asText();
    server.clock().advance(Duration.ofDays(62));
    organizer = calls.user(TestServer.ORGANIZER);

    refused(409, calls.send("POST", MINE, organizer, "{\"externalId\":\"old\"}"));
    refused(404, server.get(path, organizer));

    expect(200, calls.send("POST", MINE + "/createOrGet", organizer, "{\"externalId\":\"old\"}"));
    assertThat(calls.get(path, organizer).path("id")).isEqualTo(made.path("id"));
  }

  @ParameterizedTest
  @CsvSource({"a, 1024, 201", "a, 1025, 400", "ü, 512, 201", "ü, 513, 400", "😀, 257, 400"})
  void anExternalIdIsAsLongAsItsBytes(String letter, int letters, int status) {
    String body = "{\"externalId\":\"" + letter.repeat(letters) + "\"}";

    expect(status, calls.send("POST", MINE + "/createOrGet", organizer, body));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofManyWhoCreateOrGetAtOnceOneCreates(boolean postgres) throws Exception {
    try (TestServer own = postgres ? new TestServer(TestSetup.onPostgres()) : new TestServer();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      MeetingCalls theirs = new MeetingCalls(own);
      String token = theirs.user(TestServer.ORGANIZER);
      List<Callable<HttpResponse<byte[]>>> callers =
          IntStream.range(0, 12)
              .<Callable<HttpResponse<byte[]>>>mapToObj(
                  i ->
                      () ->
                          theirs.send(
                              "POST", MINE + "/createOrGet", token, "{\"externalId\":\"race\"}"))
              .toList();
      List<HttpResponse<byte[]>> answers =
          threads.invokeAll(callers).stream().map(Future::resultNow).toList();

      assertThat(answers).filteredOn(it -> it.statusCode() == 201).hasSize(1);
      assertThat(answers).filteredOn(it -> it.statusCode() == 200).hasSize(11);
      assertThat(answers.stream().map(it -> MeetingCalls.json(it.body()).path("id").asText()))
          .containsOnly(MeetingCalls.json(answers.getFirst().body()).path("id").asText());
    }
  }
}
