package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.config.Cloud;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal is one Graph error body, with the status and code that clients branch on. */
final class ErrorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID OTHER_TENANT = TestServer.guid("other tenant");

  private static TestServer server;
  private static Recorded recorded;
  private static String organizer;

  @BeforeAll
  static void start() {
    server = new TestServer();
    recorded = server.record();
    organizer = server.user(TestServer.ORGANIZER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theBodyHasGraphsShapeAndOrder() {
    HttpResponse<byte[]> answer =
        server.get(recorded.path(), server.user(TestServer.OUTSIDER), "client-request-id", "mine");

    String id = answer.headers().firstValue("request-id").orElseThrow();
    assertThat(text(answer))
        .matches(
            "\\{\"error\":\\{\"code\":\"Forbidden\",\"message\":\"3003: User does not have access"
                + " to lookup meeting\",\"innerError\":\\{\"code\":\"PathUserIsNotCaller\","
                + "\"message\":\"[^\"]+\",\"date\":\"2026-11-23T09:30:00\",\"request-id\":\""
                + id
                + "\",\"client-request-id\":\"mine\"}}}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("client-request-id")).hasValue("mine");
    assertThat(answer.headers().firstValue("Date")).hasValue("Mon, 23 Nov 2026 09:30:00 GMT");
  }

  @Test
  void withoutATokenAChallengeNamesTheSignIn() throws IOException {
    HttpResponse<byte[]> answer = server.get(recorded.path(), "");

    error(answer, 401, "InvalidAuthenticationToken", "Access token is empty.");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(
            it ->
                assertThat(it).startsWith("Bearer realm=\"\", authorization_uri=\"https://login."));
  }

  @Test
  void anExpiredTokenIsRefusedAlsoWhenItWasSeenBefore() {
    String brief =
        server
            .tokens()
            .user(TestServer.TENANT, TestServer.ORGANIZER)
            .expires(server.clock().instant().plusSeconds(10))
            .signed();
    assertThat(server.get(recorded.path(), brief).statusCode()).isEqualTo(200);

    server.clock().advance(Duration.ofMinutes(5));
    try {
      assertThat(server.get(recorded.path(), brief).statusCode()).isEqualTo(401);
      assertThat(server.get(recorded.path(), organizer).statusCode()).isEqualTo(200);
    } finally {
      server.clock().advance(Duration.ofMinutes(-5));
    }
  }

  @Test
  void meWithAnApplicationIsRefusedAsGraphSaysIt() throws IOException {
    error(
        server.get(recorded.mePath(), server.app()),
        400,
        "BadRequest",
        "/me request is only valid with delegated authentication flow.");
  }

  @Test
  void contentOfSomebodyElseIsSpeltSmall() throws IOException {
    String attendee = server.user(TestServer.ATTENDEE);

    assertThat(server.get(recorded.pathOf(TestServer.ATTENDEE), attendee).statusCode())
        .isEqualTo(200);
    JsonNode error =
        error(
            server.get(recorded.pathOf(TestServer.ATTENDEE) + "/content", attendee),
            403,
            "accessDenied",
            "Access denied. Only the meeting organizer can download the recording.");
    assertThat(error.path("innerError").path("code").asText()).isEqualTo("OrganizerOnly");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
  void otherMethodsAreNotAllowed(String method) throws IOException {
    for (String path : List.of(recorded.path(), recorded.contentPath())) {
      HttpResponse<byte[]> answer =
          server.send(server.request(path, organizer).method(method, BodyPublishers.noBody()));

      error(
          answer,
          405,
          "Request_BadRequest",
          "Specified HTTP method is not allowed for the request target.");
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
  }

  @Test
  void aBodyNobodyAskedForIsRefusedWithoutReadingIt() {
    RawHttp.Answer answer =
        RawHttp.exchange(
            server,
            "POST "
                + recorded.path()
                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + organizer
                + "\r\nContent-Length: 1000000\r\n\r\nonly this");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Connection")).hasValue("close");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1.0/me/bogus                            | 400 | Resource not found for the segment 'bogus'.",
        "/v1.0/me/onlineMeetings/x/bogus/y         | 400 | Resource not found for the segment 'bogus'.",
        "/beta/bogus                               | 400 | Resource not found for the segment 'bogus'.",
        "/v1.0/me/onlineMeetings/x/recordings/y/content/z | 400 | Resource not found for the segment 'z'.",
        "/v1.0/users                               | 404 | Requested API is not supported. Please check the path.",
        "/v1.0/me                                  | 404 | Requested API is not supported. Please check the path.",
        "/v1.0/me//onlineMeetings                  | 400 | The path has an empty segment.",
        "/v1.0/me/a%00b                            | 400 | The path is not percent-encoded UTF-8 without control characters."
      })
  void unknownPathsSayWhichSegment(String path, int status, String message) throws IOException {
    String code = status == 404 ? "NotFound" : "BadRequest";

    error(server.get(path.strip(), organizer), status, code, message.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1.0/bogus", "/beta/me/bogus", "/v1.0/users", "/V1.0/x"})
  void withoutATokenNobodyLearnsWhichPathsThereAre(String path) throws IOException {
    error(server.get(path, ""), 401, "InvalidAuthenticationToken", "Access token is empty.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/bogus", "/v2.0/me", "/favicon.ico"})
  void outsideGraphThereIsNothing(String path) throws IOException {
    JsonNode error = JSON.readTree(server.get(path, "").body()).path("error");

    assertThat(error.path("code").asText()).isIn("NotFound", "BadRequest");
  }

  @Test
  void aForeignTenantsIdsLookLikeUnknownOnes() {
    String foreigner = server.tokens().user(OTHER_TENANT, TestServer.ORGANIZER).signed();
    String foreignApp = server.tokens().app(OTHER_TENANT, TestServer.APP).signed();
    server.coverEverybody(TestServer.APP);
    UUID none = TestServer.guid("nothing");
    String unknown =
        "/v1.0/users/"
            + TestServer.ORGANIZER
            + "/onlineMeetings/"
            + new MeetingId(TestServer.ORGANIZER, "19:no@thread.v2").encoded()
            + "/recordings/"
            + none;
    for (String suffix : List.of("", "/content")) {
      String foreign = bare(server.get(recorded.path() + suffix, foreigner), 404);

      assertThat(foreign).isEqualTo(bare(server.get(unknown + suffix, foreigner), 404));
      assertThat(foreign).isEqualTo(bare(server.get(unknown + suffix, organizer), 404));
      assertThat(bare(server.get(recorded.path() + suffix, foreignApp), 403))
          .as("our policies are not theirs")
          .isEqualTo(bare(server.get(unknown + suffix, foreignApp), 403));
    }
  }

  @Test
  void anErrorOfTheMachineIsAnsweredToo() throws IOException {
    Route broken =
        Route.of(
            "GET",
            "/broken",
            Route.Admission.PUBLIC,
            request -> {
              throw new NoClassDefFoundError("lost");
            });
    try (TestServer breaking = new TestServer(TestSetup.route(broken))) {
      HttpResponse<byte[]> answer = breaking.get("/broken", "");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(text(answer)).contains("InternalServerError").doesNotContain("lost");
    }
  }

  @Test
  void whatACloudDoesNotOfferIsNotThere() throws IOException {
    try (TestServer gov = new TestServer(TestSetup.cloud(Cloud.USGOV_L4))) {
      Recorded film = gov.record();
      String token = gov.user(TestServer.ORGANIZER);

      assertThat(gov.get(film.path(), token).statusCode()).isEqualTo(200);
      assertThat(gov.get(film.path().replace("/v1.0/", "/beta/"), token).statusCode())
          .isEqualTo(400);
      assertThat(gov.get(film.path(), organizer).statusCode())
          .as("another cloud's token")
          .isEqualTo(401);
    }
    try (TestServer china = new TestServer(TestSetup.cloud(Cloud.CHINA))) {
      Recorded film = china.record();
      error(
          china.get(film.mePath(), china.user(TestServer.ORGANIZER)),
          400,
          "BadRequest",
          "Resource not found for the segment 'onlineMeetings'.");
    }
  }

  private static String bare(HttpResponse<byte[]> answer, int status) {
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
    return text(answer).replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{guid}");
  }

  private static JsonNode error(
      HttpResponse<byte[]> answer, int status, String code, String message) throws IOException {
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
    assertThat(answer.headers().firstValue("request-id")).isPresent();
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isEqualTo(message);
    return error;
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }
}
