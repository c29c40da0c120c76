package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.config.Cloud;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import dev.aftercall.time.Ticks;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions over HTTP: what is taken, shown, refused, and in which words. */
final class SubscriptionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVERYTHING = "communications/onlineMeetings/getAllRecordings";

  private static TestServer server;
  private static WebhookReceiver receiver;

  @BeforeAll
  static void start() {
    server = new TestServer();
    receiver = new WebhookReceiver();
    server.coverEverybody(TestServer.APP);
  }

  @AfterAll
  static void stop() {
    receiver.close();
    server.close();
  }

  private record Reply(int status, JsonNode json, HttpResponse<byte[]> response) {
    String message() {
      return json.path("error").path("message").asText();
    }

    String code() {
      return json.path("error").path("code").asText();
    }

    String id() {
      assertThat(status).as("%s", json).isEqualTo(201);
      return json.path("id").asText();
    }
  }

  private static Reply call(TestServer at, String method, String path, String token, String body) {
    var request =
        at.request(path, token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    HttpResponse<byte[]> response = at.send(request);
    try {
      return new Reply(response.statusCode(), JSON.readTree(response.body()), response);
    } catch (Exception e) {
      throw new IllegalStateException(new String(response.body(), StandardCharsets.UTF_8), e);
    }
  }

  private static Reply call(String method, String path, String token, String body) {
    return call(server, method, path, token, body);
  }

  /** Each test is another application, so that none is in another's way. */
  private static String app(String name) {
    String id = TestServer.guid(name).toString();
    server.coverEverybody(id);
    return server.tokens().app(TestServer.TENANT, id).signed();
  }

  private static ObjectNode body(String resource) {
    return JSON.createObjectNode()
        .put("changeType", "created")
        .put("notificationUrl", receiver.url("/hook"))
        .put("resource", resource)
        .put("expirationDateTime", in(Duration.ofMinutes(55)))
        .put("clientState", "whisper");
  }

  private static String in(Duration time) {
    return Ticks.format(Ticks.of(server.clock().instant().plus(time)));
  }

  private static Reply create(String token, ObjectNode body) {
    return call("POST", "/v1.0/subscriptions", token, body.toString());
  }

  @Test
  void anApplicationSubscribesSeesRenewsAndEndsIt() {
    String token = app("lives");
    Reply made = create(token, body("/" + EVERYTHING));
    String id = made.id();
    assertThat(made.json().path("@odata.context").asText())
        .isEqualTo(server.base() + "/v1.0/$metadata#subscriptions/$entity");
    assertThat(made.json().path("resource").asText()).isEqualTo("/" + EVERYTHING);
    assertThat(made.json().path("clientState").asText()).isEqualTo("whisper");
    assertThat(made.json().path("latestSupportedTlsVersion").asText()).isEqualTo("v1_2");
    assertThat(made.response().headers().firstValue("Location"))
        .hasValue(server.base() + "/v1.0/subscriptions/" + id);

    String one = "/beta/subscriptions/" + id;
    JsonNode got = call("GET", one, token, "").json();
    assertThat(got.path("clientState").isNull()).as("never shown again").isTrue();
    assertThat(got.path("applicationId").asText()).isEqualTo(TestServer.guid("lives").toString());
    JsonNode list = call("GET", "/v1.0/subscriptions", token, "").json();
    assertThat(list.path("value")).hasSize(1);

    String later = in(Duration.ofMinutes(59));
    Reply renewed = call("PATCH", one, token, "{\"expirationDateTime\":\"" + later + "\"}");
    assertThat(renewed.status()).isEqualTo(200);
    assertThat(renewed.json().path("expirationDateTime").asText()).isEqualTo(later);
    assertThat(call("POST", one + "/reauthorize", token, "").status()).isEqualTo(204);
    assertThat(call("DELETE", one, token, "").status()).isEqualTo(204);
    Reply gone = call("GET", one, token, "");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.code()).isEqualTo("ResourceNotFound");
    assertThat(call("DELETE", one, token, "").status()).isEqualTo(404);
    assertThat(call("PATCH", one, token, "{}").status()).isEqualTo(404);
  }

  @Test
  void nobodySeesAnothersSubscriptions() {
    String id = create(app("mine"), body(EVERYTHING)).id();
    String other = app("theirs");
    for (String method : List.of("GET", "DELETE", "PATCH")) {
      String path = "/v1.0/subscriptions/" + id;
      assertThat(call(method, path, other, "").status()).as(method).isEqualTo(404);
    }
    assertThat(call("GET", "/v1.0/subscriptions", other, "").json().path("value")).isEmpty();
    String abroad =
        server.tokens().app(TestServer.guid("abroad"), TestServer.guid("mine").toString()).signed();
    assertThat(call("GET", "/v1.0/subscriptions/" + id, abroad, "").status()).isEqualTo(404);
    String user =
        server
            .tokens()
            .user(TestServer.TENANT, TestServer.ORGANIZER)
            .with("appid", TestServer.guid("mine").toString())
            .signed();
    assertThat(call("GET", "/v1.0/subscriptions/" + id, user, "").status()).isEqualTo(404);
  }

  @Test
  void everySpellingOfAResourceIsUnderstood() {
    Recorded recorded = server.record();
    String meeting = recorded.meetingId();
    Map<String, String> spellings = new TreeMap<>();
    spellings.put("a", "communications/onlineMeetings/" + meeting + "/recordings");
    spellings.put("b", "/communications/onlineMeetings('" + meeting + "')/recordings");
    spellings.put(
        "c", "communications/onlineMeetings/" + meeting.replace("=", "%3D") + "/recordings/");
    spellings.put("d", "Communications/OnlineMeetings/getAllRecordings()");
    spellings.put("e", "users/" + TestServer.ORGANIZER + "/onlineMeetings/getAllRecordings");
    spellings.put("f", "/users('" + TestServer.ORGANIZER + "')/onlineMeetings/getAllRecordings()");
    spellings.put("g", "communications/onlineMeetings/getAllRecordings?model=A");
    spellings.forEach(
        (name, spelling) ->
            assertThat(create(app("spelling " + name), body(spelling)).status())
                .as(spelling)
                .isEqualTo(201));
  }

  @Test
  void transcriptsAndAdHocCallsNeedTheirOwnPermissions() {
    Map<String, String> needed =
        Map.of(
            "communications/onlineMeetings/getAllTranscripts",
            "OnlineMeetingTranscript.Read.All",
            "communications/adhocCalls/getAllRecordings",
            "CallRecordings.Read.All",
            "communications/adhocCalls/getAllTranscripts",
            "CallTranscripts.Read.All",
            "communications/adhocCalls/" + TestServer.guid("call") + "/recordings",
            "CallRecordings.Read.All",
            "users/" + TestServer.ORGANIZER + "/adhocCalls/getAllRecordings",
            "CallRecordings.Read.All");
    needed.forEach(
        (resource, permission) -> {
          String id = TestServer.guid(resource).toString();
          server.coverEverybody(id);
          Reply without =
              create(server.tokens().app(TestServer.TENANT, id).signed(), body(resource));
          assertThat(without.status()).as(resource).isEqualTo(403);
          assertThat(without.message()).contains(permission);
          String token = server.tokens().app(TestServer.TENANT, id).roles(permission).signed();
          assertThat(create(token, body(resource)).status()).as(resource).isEqualTo(201);
        });
  }

  @Test
  void peopleSubscribeToTheirOwnAndToMeetingsTheyAreInvitedTo() {
    Recorded recorded = server.record();
    String organizer = server.user(TestServer.ORGANIZER);
    String attendee =
        server
            .tokens()
            .user(TestServer.TENANT, TestServer.ATTENDEE)
            .with("appid", TestServer.guid("attendee's").toString())
            .signed();
    String outsider = server.user(TestServer.OUTSIDER);
    String meeting = "communications/onlineMeetings/" + recorded.meetingId() + "/recordings";
    assertThat(create(organizer, body("me/onlineMeetings/getAllRecordings")).status())
        .isEqualTo(201);
    assertThat(create(organizer, body(meeting)).status()).isEqualTo(201);
    assertThat(create(attendee, body(meeting)).status()).isEqualTo(201);
    assertThat(create(outsider, body(meeting)).status()).isEqualTo(403);
    assertThat(create(organizer, body(EVERYTHING)).status()).isEqualTo(403);
    String others = "users/" + TestServer.ATTENDEE + "/onlineMeetings/getAllRecordings";
    assertThat(create(organizer, body(others)).status()).isEqualTo(403);
  }

  @Test
  void consentCountsWhereItIsAskedForAlone() {
    Recorded recorded = server.record();
    String id = TestServer.guid("consented").toString();
    server.rules().setConsent(recorded.threadId(), id, "OnlineMeetingRecording.Read.Chat", true);
    server.obey();
    String token = server.tokens().app(TestServer.TENANT, id).roles().signed();
    String meeting = "communications/onlineMeetings/" + recorded.meetingId() + "/recordings";
    assertThat(create(token, body(meeting)).status()).isEqualTo(403);
    String asked = meeting + "?useResourceSpecificConsentBasedAuthorization=true";
    assertThat(create(token, body(asked)).status()).isEqualTo(201);
    String installed =
        "appCatalogs/teamsApps/" + TestServer.guid("app") + "/installedToOnlineMeetings";
    ObjectNode all = body(installed + "/getAllRecordings");
    assertThat(create(token, all).status()).as("beta alone").isEqualTo(400);
    assertThat(call("POST", "/beta/subscriptions", token, all.toString()).status()).isEqualTo(201);
  }

  @Test
  void thePolicyOfTheOrganizerCounts() {
    String id = TestServer.guid("without policy").toString();
    String token = server.tokens().app(TestServer.guid("lawless"), id).signed();
    Reply refused =
        create(token, body("users/" + TestServer.ORGANIZER + "/onlineMeetings/getAllRecordings"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message()).startsWith("No application access policy found for this app");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          changeType|"updated"|The changeType 'updated' is not supported
          changeType|"created,deleted"|The changeType 'created,deleted' is not supported
          changeType|null|The property 'changeType' is required
          resource|""|The property 'resource' is required
          resource|"me/messages"|cannot be subscribed to
          resource|"communications/onlineMeetings/nonsense/recordings"|is not the id of an online meeting
          resource|"users/nobody/onlineMeetings/getAllRecordings"|is not the id of a user
          resource|"communications/onlineMeetings/getAllRecordings?x=1"|Query option 'x' is not known
          resource|"communications//getAllRecordings"|empty segment
          resource|7|the member 'resource' must be a string
          notificationUrl|null|The property 'notificationUrl' is required
          notificationUrl|"http://example.com/hook"|must begin with https://
          notificationUrl|"ftp://example.com/hook"|must begin with https://
          notificationUrl|"https://me:secret@example.com/"|neither user nor fragment
          notificationUrl|"https://exa mple.com/"|is no URL
          notificationUrl|"EventHub:https://vault/secrets/x"|https address of a webhook
          notificationUrl|"https://10.0.0.1/hook"|is no public address
          notificationUrl|"https://169.254.169.254/latest/meta-data"|is no public address
          notificationUrl|"https://[fd00::1]/hook"|is no public address
          expirationDateTime|"yesterday"|expirationDateTime
          expirationDateTime|"2001-01-01T00:00:00Z"|in the past
          expirationDateTime|"2090-01-01T00:00:00Z"|can only be 4320 minutes in the future
          includeResourceData|true|encryptionCertificateId is required
          latestSupportedTlsVersion|"v9"|latestSupportedTlsVersion is one of
          notificationQueryOptions|"$select=id"|not supported for this resource
          colour|"red"|The property 'colour' does not exist on type 'microsoft.graph.subscription'
          """)
  void whatIsWrongIsNamed(String member, String value, String words) throws Exception {
    ObjectNode body = body(EVERYTHING);
    body.set(member, JSON.readTree(value));
    Reply refused = create(app("wrong"), body);
    assertThat(refused.status()).as(refused.message()).isEqualTo(400);
    assertThat(refused.message()).contains(words);
  }

  @Test
  void lifetimesAreGraphs() {
    String token = app("lifetimes");
    ObjectNode body = body(EVERYTHING);
    body.put("expirationDateTime", in(Duration.ofMinutes(61)));
    assertThat(create(token, body).message())
        .isEqualTo(
            "lifecycleNotificationUrl is required for subscription creation on this resource when"
                + " the expirationDateTime value exceeds 1 hour.");
    body.put("lifecycleNotificationUrl", receiver.url("/life"));
    body.put("expirationDateTime", in(Duration.ofDays(3)));
    String id = create(token, body).id();
    call("DELETE", "/v1.0/subscriptions/" + id, token, "");
    body.put("expirationDateTime", in(Duration.ofMinutes(1)));
    assertThat(create(token, body).json().path("expirationDateTime").asText())
        .as("less than 45 minutes become 45")
        .isEqualTo(in(Duration.ofMinutes(45)));
  }

  @Test
  void wordsAreBounded() {
    String token = app("bounded");
    assertThat(create(token, body(EVERYTHING).put("clientState", "x".repeat(129))).message())
        .contains("longer than 128");
    ObjectNode data = body(EVERYTHING).put("includeResourceData", true);
    data.put("encryptionCertificate", "MIIB").put("encryptionCertificateId", "x".repeat(129));
    assertThat(create(token, data).message()).contains("longer than 128");
    data.put("encryptionCertificateId", "mine");
    assertThat(create(token, data).message()).contains("is not an X.509 certificate");
  }

  @Test
  void oneOfAnApplicationAndTenOfAPerson() {
    String token = app("twice");
    String person = "users/" + TestServer.guid("busy") + "/onlineMeetings/getAllRecordings";
    assertThat(create(token, body(person)).status()).isEqualTo(201);
    Reply again = create(token, body("/" + person));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("Conflict");
    Reply elsewhere = create(token, body(person).put("notificationUrl", receiver.url("/other")));
    assertThat(elsewhere.status()).isEqualTo(403);
    for (int i = 2; i <= 10; i++) {
      assertThat(create(app("busy " + i), body(person)).status()).isEqualTo(201);
    }
    Reply eleventh = create(app("busy 11"), body(person));
    assertThat(eleventh.status()).isEqualTo(403);
    assertThat(eleventh.message()).contains("10 subscriptions per user");
  }

  @Test
  void anEndpointMustRepeatTheToken() {
    String token = app("handshake");
    for (Behaviour wrong :
        List.of(
            Behaviour.status(202),
            Behaviour.text(200, "text/plain", "another"),
            Behaviour.text(200, "application/json", "\"token\""),
            Behaviour.resetting(),
            Behaviour.status(302, "Location: https://example.com/"))) {
      try (WebhookReceiver liar = new WebhookReceiver().validating(wrong)) {
        Reply refused = create(token, body(EVERYTHING).put("notificationUrl", liar.url("/")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("InvalidRequest");
        assertThat(refused.message())
            .startsWith(
                "Subscription validation request failed. Notification endpoint must respond with"
                    + " 200 OK to validation request.");
      }
    }
    try (WebhookReceiver liar = new WebhookReceiver().validating(Behaviour.status(404))) {
      ObjectNode half = body(EVERYTHING).put("lifecycleNotificationUrl", liar.url("/life"));
      assertThat(create(token, half).status()).as("both are asked").isEqualTo(400);
    }
    assertThat(receiver.everything().stream().filter(got -> !got.validationToken().isEmpty()))
        .isNotEmpty()
        .allSatisfy(
            got ->
                assertThat(got.fields().get("content-type"))
                    .isIn("text/plain; charset=utf-8", "text/plain; charset=UTF-8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource", "clientState", "changeType", "lifecycleNotificationUrl"})
  void whatIsFixedStays(String member) {
    String token = app("fixed " + member);
    String id = create(token, body(EVERYTHING)).id();
    Reply refused =
        call(
            "PATCH",
            "/v1.0/subscriptions/" + id,
            token,
            JSON.createObjectNode().put(member, "other").toString());
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).contains("'" + member + "' cannot be changed");
  }

  @Test
  void chinaHasNone() {
    try (TestServer china = new TestServer(TestSetup.cloud(Cloud.CHINA))) {
      Reply refused = call(china, "GET", "/v1.0/subscriptions", china.app(), "");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.message())
          .isEqualTo("Resource not found for the segment 'subscriptions'.");
      String root = new String(china.get("/v1.0/", "").body(), StandardCharsets.UTF_8);
      assertThat(root).contains("users").doesNotContain("subscriptions");
    }
  }
}
