package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.jdbc.Database;
import dev.aftercall.testing.PostgresServer;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.throttle.Limits;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 429 as Graph writes it, for lone requests and for each within a batch. */
final class ThrottleTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aPersonMayAskOnceASecondAndIsToldWhenAgain() throws IOException {
    try (TestServer server = new TestServer(TestSetup.throttle(Limits.GRAPH))) {
      Recorded film = server.record();
      String organizer = server.user(TestServer.ORGANIZER);
      assertThat(server.get(film.path(), organizer).statusCode()).isEqualTo(200);

      HttpResponse<byte[]> refused = server.get(film.path(), organizer);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
      JsonNode error = JSON.readTree(refused.body()).path("error");
      assertThat(error.path("code").asText()).isEqualTo("TooManyRequests");
      assertThat(error.path("message").asText()).isEqualTo("Please retry again later.");
      JsonNode inner = error.path("innerError");
      assertThat(inner.path("code").asText()).isEqualTo("429");
      assertThat(inner.path("status").asText()).isEqualTo("429");
      assertThat(inner.path("status").isTextual()).isTrue();
      assertThat(inner.path("message").asText()).isEqualTo("Please retry after");
      assertThat(inner.path("date").asText()).isEqualTo("2026-11-23T09:30:00");
      assertThat(inner.path("request-id").asText())
          .isEqualTo(refused.headers().firstValue("request-id").orElseThrow());

      assertThat(server.get(server.record().path(), server.user(TestServer.OUTSIDER)).statusCode())
          .as("another person, about another chat")
          .isEqualTo(403);
      assertThat(server.get("/health/ready", "").statusCode()).isEqualTo(200);
      server.clock().advance(Duration.ofSeconds(3));
      assertThat(server.get(film.path(), organizer).statusCode()).isEqualTo(200);
      assertThat(server.get("/v1.0/no/such", organizer).statusCode())
          .as("what is not there counts as well")
          .isEqualTo(429);
    }
  }

  @Test
  void anApplicationMayAskAboutAChatOnceASecond() {
    try (TestServer server = new TestServer(TestSetup.throttle(Limits.GRAPH))) {
      Recorded film = server.record();
      Recorded other = server.record();
      server.coverEverybody(TestServer.APP);
      String app = server.app();

      assertThat(server.get(film.path(), app).statusCode()).isEqualTo(200);
      assertThat(server.get(film.contentPath(), app).statusCode()).isEqualTo(429);
      assertThat(server.get(other.path(), app).statusCode()).as("another chat").isEqualTo(200);
      server.clock().advance(Duration.ofSeconds(3));
      assertThat(server.get(film.contentPath(), server.app()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theRequestsOfABatchCountOneByOneAndTheBatchDoesNot() throws IOException {
    Limits.Rates five = new Limits.Rates(0, 5, 0);
    try (TestServer server =
        new TestServer(
            TestSetup.throttle(new Limits(five, new Limits.Rates(0, 1, 0), five, 100)))) {
      Recorded film = server.record();
      String items =
          IntStream.range(0, 8)
              .mapToObj(
                  i -> "{\"id\":\"" + i + "\",\"method\":\"GET\",\"url\":\"" + film.path() + "\"}")
              .collect(Collectors.joining(","));

      for (int round = 0; round < 2; round++) {
        HttpResponse<byte[]> answer =
            server.send(
                server
                    .request("/v1.0/$batch", server.user(TestServer.ORGANIZER))
                    .POST(BodyPublishers.ofString("{\"requests\":[" + items + "]}")));

        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
        int through = 0;
        for (JsonNode part : JSON.readTree(answer.body()).path("responses")) {
          if (part.path("status").asInt() == 200) {
            through++;
          } else {
            assertThat(part.path("status").asInt()).isEqualTo(429);
            assertThat(part.path("headers").path("Retry-After").asText()).isIn("1", "2");
            assertThat(part.path("body").path("error").path("code").asText())
                .isEqualTo("TooManyRequests");
          }
        }
        assertThat(through).isEqualTo(round == 0 ? 5 : 0);
      }
    }
  }

  @Test
  void nodesOnOnePostgresThrottleTogether() {
    Database.Location shared = PostgresServer.freshDatabase();
    Limits.Rates three = new Limits.Rates(0, 3, 0);
    Limits limits = new Limits(three, three, three, 100);
    try (TestServer one = new TestServer(TestSetup.database(shared), TestSetup.throttle(limits));
        TestServer other = new TestServer(TestSetup.database(shared), TestSetup.throttle(limits))) {
      String organizer = one.user(TestServer.ORGANIZER);
      Recorded film = one.record();
      assertThat(one.get(film.path(), organizer).statusCode()).isEqualTo(200);
      assertThat(one.get(film.path(), organizer).statusCode()).isEqualTo(200);
      assertThat(other.get(film.path(), other.user(TestServer.ORGANIZER)).statusCode())
          .isEqualTo(200);
      assertThat(other.get(film.path(), other.user(TestServer.ORGANIZER)).statusCode())
          .isEqualTo(429);
      assertThat(one.get(film.path(), organizer).statusCode()).isEqualTo(429);
    }
  }
}
