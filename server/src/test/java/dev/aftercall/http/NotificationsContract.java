package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.jdbc.JdbcOutbox;
import dev.aftercall.jdbc.SubscriptionDesk;
import dev.aftercall.jdbc.SubscriptionDesk.Standing;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of what, in which words, how often and how long; on each database. */
abstract class NotificationsContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String EVERYTHING = "communications/onlineMeetings/getAllRecordings";

  private TestServer server;
  private WebhookReceiver receiver;

  abstract TestServer start();

  @BeforeEach
  void open() {
    server = start();
    receiver = new WebhookReceiver();
    server.coverEverybody(TestServer.APP);
  }

  @AfterEach
  void close() {
    receiver.close();
    server.close();
  }

  private ObjectNode body(String resource, WebhookReceiver to) {
    return JSON.createObjectNode()
        .put("changeType", "created")
        .put("notificationUrl", to.url("/hook"))
        .put("resource", resource)
        .put("expirationDateTime", in(Duration.ofMinutes(55)))
        .put("clientState", "whisper");
  }

  private ObjectNode withLifecycle(ObjectNode body, Duration life) {
    return body.put("lifecycleNotificationUrl", receiver.url("/life"))
        .put("expirationDateTime", in(life));
  }

  private String in(Duration time) {
    return Ticks.format(Ticks.of(server.clock().instant().plus(time)));
  }

  private String subscribe(String token, ObjectNode body) {
    JsonNode made = call("POST", "/v1.0/subscriptions", token, body.toString(), 201);
    return made.path("id").asText();
  }

  private JsonNode call(String method, String path, String token, String body, int status) {
    HttpResponse<byte[]> answer =
        server.send(
            server
                .request(path, token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    try {
      JsonNode json = JSON.readTree(answer.body());
      assertThat(answer.statusCode()).as("%s", json).isEqualTo(status);
      return json;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void until(String what, Callable<Boolean> condition) {
    Poll.until(what, PATIENCE, condition);
  }

  private void awaitItems(WebhookReceiver at, int count) {
    until(count + " notifications", () -> at.items().size() >= count);
  }

  @Test
  void aRecordingIsToldInGraphsWords() {
    String id = subscribe(server.app(), body(EVERYTHING, receiver));
    Recorded recorded = server.record();
    awaitItems(receiver, 1);
    WebhookReceiver.Got got = receiver.notifications().getFirst();
    assertThat(got.path()).isEqualTo("/hook");
    assertThat(got.fields().get("content-type")).startsWith("application/json");
    JsonNode item = receiver.items().getFirst();
    String resource =
        "users/"
            + TestServer.ORGANIZER
            + "/onlineMeetings('"
            + recorded.meetingId()
            + "')/recordings('"
            + recorded.id()
            + "')";
    assertThat(item.path("subscriptionId").asText()).isEqualTo(id);
    assertThat(item.path("changeType").asText()).isEqualTo("created");
    assertThat(item.path("clientState").asText()).isEqualTo("whisper");
    assertThat(item.path("tenantId").asText()).isEqualTo(TestServer.TENANT.toString());
    assertThat(item.path("subscriptionExpirationDateTime").asText()).endsWith("+00:00");
    assertThat(item.path("resource").asText()).isEqualTo(resource);
    assertThat(item.path("resourceData").path("id").asText()).isEqualTo(recorded.id());
    assertThat(item.path("resourceData").path("@odata.type").asText())
        .isEqualTo("#Microsoft.Graph.callRecording");
    assertThat(item.path("resourceData").path("@odata.id").asText()).isEqualTo(resource);
    assertThat(item.has("encryptedContent")).isFalse();
    assertThat(got.json().has("validationTokens")).isFalse();
    assertThat(server.get("/v1.0/" + resource + "/content", server.app()).body())
        .as("the path that is told leads to the content")
        .isEqualTo(recorded.bytes());
  }

  @Test
  void everybodyWhoMayIsToldAndNobodyElse() {
    WebhookReceiver attendee = new WebhookReceiver();
    WebhookReceiver organizer = new WebhookReceiver();
    WebhookReceiver other = new WebhookReceiver();
    try (attendee;
        organizer;
        other) {
      // Has the role, and no policy.
      String uncovered = TestServer.guid("uncovered").toString();
      subscribe(
          server.tokens().app(TestServer.TENANT, uncovered).signed(), body(EVERYTHING, other));
      Recorded first = server.record();
      String meeting = "communications/onlineMeetings/" + first.meetingId() + "/recordings";
      String app = TestServer.guid("people's").toString();
      subscribe(person(TestServer.ATTENDEE, app), body(meeting, attendee));
      subscribe(
          person(TestServer.ORGANIZER, "of the organizer"),
          body("me/onlineMeetings/getAllRecordings", organizer));
      subscribe(
          server.app(),
          body("users/" + TestServer.OUTSIDER + "/onlineMeetings/getAllRecordings", receiver));
      Recorded again = server.handOver().with("meetingId", first.meetingId()).keep();
      Recorded another = server.record();
      Recorded outsiders =
          server.handOver().organizer(TestServer.OUTSIDER).attendees(TestServer.ATTENDEE).keep();
      awaitItems(attendee, 1);
      awaitItems(organizer, 2);
      awaitItems(receiver, 1);
      assertThat(ids(organizer)).containsExactly(again.id(), another.id());
      assertThat(ids(attendee)).containsExactly(again.id());
      assertThat(attendee.items().getFirst().path("resource").asText())
          .as("a person's own path, which they may call")
          .startsWith("users/" + TestServer.ATTENDEE + "/");
      assertThat(ids(receiver)).containsExactly(outsiders.id());
      assertThat(other.items()).isEmpty();
    }
  }

  private String person(UUID oid, String app) {
    return server
        .tokens()
        .user(TestServer.TENANT, oid)
        .with("appid", TestServer.guid(app).toString())
        .signed();
  }

  private static List<String> ids(WebhookReceiver at) {
    return at.items().stream().map(it -> it.path("resourceData").path("id").asText()).toList();
  }

  @Test
  void dataIsEncryptedForTheSubscriber() throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .rsa2048()
            .subject("CN=me")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    String der = Base64.getEncoder().encodeToString(certificate.getCertificate().getEncoded());
    subscribe(
        server.app(),
        body(EVERYTHING, receiver)
            .put("includeResourceData", true)
            .put("encryptionCertificate", der)
            .put("encryptionCertificateId", "mine"));
    Recorded recorded = server.record();
    awaitItems(receiver, 1);
    JsonNode content = receiver.items().getFirst().path("encryptedContent");
    assertThat(content.path("encryptionCertificateId").asText()).isEqualTo("mine");
    assertThat(content.path("encryptionCertificateThumbprint").asText()).matches("[0-9A-F]{40}");
    Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    rsa.init(Cipher.DECRYPT_MODE, certificate.getKeyPair().getPrivate());
    byte[] key = rsa.doFinal(bytes(content, "dataKey"));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    assertThat(mac.doFinal(bytes(content, "data"))).isEqualTo(bytes(content, "dataSignature"));
    Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
    aes.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new IvParameterSpec(Arrays.copyOf(key, 16)));
    JsonNode plain = JSON.readTree(aes.doFinal(bytes(content, "data")));
    assertThat(plain.path("id").asText()).isEqualTo(recorded.id());
    assertThat(plain.path("recordingContentUrl").asText())
        .isEqualTo(recorded.contentPath().substring("/v1.0/".length()));
    assertThat(plain.path("content").isNull()).isTrue();
    assertThat(receiver.notifications().getFirst().json().path("validationTokens")).hasSize(1);
  }

  private static byte[] bytes(JsonNode content, String member) {
    return Base64.getDecoder().decode(content.path(member).asText());
  }

  @Test
  void aPolicyThatIsWithdrawnStopsTheNextNotification() {
    String token = server.app();
    subscribe(token, withLifecycle(body(EVERYTHING, receiver), Duration.ofDays(1)));
    server.record();
    awaitItems(receiver, 1);
    server.rules().revoke(new Grantee.Everyone());
    server.obey();
    server.record();
    until(
        "word of what stops",
        () ->
            receiver.items().stream()
                .anyMatch(
                    it -> it.path("lifecycleEvent").asText().equals("reauthorizationRequired")));
    assertThat(ids(receiver).stream().filter(id -> !id.isEmpty())).hasSize(1);
    server.coverEverybody(TestServer.APP);
    Recorded third = server.record();
    until("the third", () -> ids(receiver).contains(third.id()));
  }

  @Test
  void whatFailsIsTriedAgainInOrder() {
    subscribe(server.app(), body(EVERYTHING, receiver));
    receiver.answering(Behaviour.status(500));
    Recorded first = server.record();
    until("a first try", () -> receiver.notifications().size() == 1);
    Recorded second = server.record();
    receiver.answering(Behaviour.resetting());
    again(2);
    receiver.answering(Behaviour.status(302, "Location: " + receiver.url("/elsewhere")));
    again(3);
    awaitSettled();
    receiver.answering(Behaviour.status(202));
    int before = receiver.notifications().size();
    server.clock().advance(Duration.ofMinutes(1));
    until("both", () -> receiver.items().size() >= before + 1 && heard(before).size() == 2);
    assertThat(heard(before)).containsExactly(first.id(), second.id());
    assertThat(receiver.everything())
        .as("redirects are not followed")
        .noneMatch(got -> got.path().startsWith("/elsewhere"));
  }

  private List<String> heard(int from) {
    return receiver.notifications().stream()
        .skip(from)
        .flatMap(got -> got.json().path("value").valueStream())
        .map(it -> it.path("resourceData").path("id").asText())
        .toList();
  }

  /** What a try came to has been taken down; the clock may go on. */
  private void awaitSettled() {
    until(
        "a failure that is taken down",
        () ->
            server
                    .database()
                    .read(
                        handle ->
                            handle
                                .createQuery(
                                    "select count(*) from notification_lane"
                                        + " where suspect = 1 and lease is null")
                                .mapTo(Integer.class)
                                .one())
                == 1);
  }

  private void again(int tries) {
    awaitSettled();
    server.clock().advance(Duration.ofMinutes(1));
    until(tries + " tries", () -> receiver.notifications().size() == tries);
  }

  @Test
  void retryAfterIsObeyed() {
    subscribe(server.app(), body(EVERYTHING, receiver));
    receiver.answering(Behaviour.status(429, "Retry-After: 600"));
    server.record();
    until("a first try", () -> receiver.notifications().size() == 1);
    awaitSettled();
    receiver.answering(Behaviour.status(202));
    WebhookReceiver other = new WebhookReceiver();
    try (other) {
      server.clock().advance(Duration.ofMinutes(5));
      String app = TestServer.guid("beside").toString();
      server.coverEverybody(app, TestServer.APP);
      subscribe(server.tokens().app(TestServer.TENANT, app).signed(), body(EVERYTHING, other));
      server.record();
      awaitItems(other, 1);
      assertThat(receiver.notifications()).hasSize(1);
      server.clock().advance(Duration.ofMinutes(6));
      until("all of it", () -> heard(1).size() == 2);
    }
  }

  @Test
  void whoHangsOrDripsDelaysNobodyElse() {
    WebhookReceiver hanging = new WebhookReceiver();
    WebhookReceiver dripping = new WebhookReceiver();
    try (hanging;
        dripping) {
      String[] names = {"hangs", "drips"};
      WebhookReceiver[] slow = {hanging, dripping};
      for (int i = 0; i < 2; i++) {
        String app = TestServer.guid(names[i]).toString();
        subscribe(server.tokens().app(TestServer.TENANT, app).signed(), body(EVERYTHING, slow[i]));
      }
      server.coverEverybody(
          TestServer.APP, TestServer.guid("hangs").toString(), TestServer.guid("drips").toString());
      hanging.answering(Behaviour.hanging());
      dripping.answering(Behaviour.dripping());
      subscribe(server.app(), body(EVERYTHING, receiver));
      long began = System.nanoTime();
      server.record();
      server.record();
      awaitItems(receiver, 2);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
      hanging.answering(Behaviour.status(202));
      dripping.answering(Behaviour.status(202));
      until(
          "an end of the wait",
          () -> {
            // Slowly: a try that hangs ends by the real clock, and the subscriptions by this one.
            server.clock().advance(Duration.ofSeconds(1));
            return hanging.items().size() >= 3 && dripping.items().size() >= 3;
          });
    }
  }

  @Test
  void whatNobodyTakesForFourHoursIsGivenUpAndSaid() {
    WebhookReceiver dead = new WebhookReceiver();
    try (dead) {
      dead.answering(Behaviour.status(503));
      String token =
          server
              .tokens()
              .app(TestServer.TENANT, TestServer.APP)
              .expires(server.clock().instant().plus(Duration.ofDays(1)))
              .signed();
      subscribe(token, withLifecycle(body(EVERYTHING, dead), Duration.ofDays(3)));
      server.record();
      until("a first try", () -> !dead.notifications().isEmpty());
      server.clock().advance(Duration.ofHours(5));
      until(
          "missed",
          () ->
              receiver.items().stream()
                  .anyMatch(it -> it.path("lifecycleEvent").asText().equals("missed")));
    }
  }

  @Test
  void aTokenThatEndsHoldsNotificationsUntilItsOwnerAuthorizesAnew() {
    String id =
        subscribe(server.app(), withLifecycle(body(EVERYTHING, receiver), Duration.ofDays(1)));
    server.clock().advance(Duration.ofMinutes(50));
    until(
        "a challenge",
        () ->
            receiver.items().stream()
                .anyMatch(
                    it -> it.path("lifecycleEvent").asText().equals("reauthorizationRequired")));
    server.clock().advance(Duration.ofMinutes(20));
    Recorded held = server.record();
    WebhookReceiver other = new WebhookReceiver();
    try (other) {
      String app = TestServer.guid("beside").toString();
      server.coverEverybody(app, TestServer.APP);
      subscribe(server.tokens().app(TestServer.TENANT, app).signed(), body(EVERYTHING, other));
      server.record();
      awaitItems(other, 1);
      assertThat(ids(receiver)).doesNotContain(held.id());
      call("POST", "/v1.0/subscriptions/" + id + "/reauthorize", server.app(), "", 204);
      until("what was held", () -> ids(receiver).contains(held.id()));
    }
  }

  @Test
  void whatEndedIsToldNothing() {
    String id = subscribe(server.app(), body(EVERYTHING, receiver));
    call("DELETE", "/v1.0/subscriptions/" + id, server.app(), "", 204);
    server.record();
    WebhookReceiver other = new WebhookReceiver();
    try (other) {
      subscribe(server.app(), body(EVERYTHING, other));
      server.record();
      awaitItems(other, 1);
      assertThat(receiver.items()).isEmpty();
      assertThat(other.items()).hasSize(1);
      server.clock().advance(Duration.ofHours(1));
      String next = TestServer.guid("next").toString();
      server.coverEverybody(next, TestServer.APP);
      subscribe(server.tokens().app(TestServer.TENANT, next).signed(), body(EVERYTHING, receiver));
      server.record();
      awaitItems(receiver, 1);
      assertThat(other.items()).as("its time is over").hasSize(1);
    }
  }

  @Test
  void whomAnOperatorEndsHearsOfThatAndOfNothingElse() {
    String id =
        subscribe(server.app(), withLifecycle(body(EVERYTHING, receiver), Duration.ofDays(1)));
    SubscriptionDesk desk = new SubscriptionDesk(server.database(), TestServer.TENANT);
    assertThat(desk.remove(id, Ticks.of(server.clock().instant()))).isTrue();
    assertThat(desk.remove(id, Ticks.of(server.clock().instant()))).isFalse();
    assertThat(desk.find(id).flatMap(Standing::ends))
        .hasValueSatisfying(
            end -> assertThat(end).isLessThanOrEqualTo(Ticks.of(server.clock().instant())));
    server.record();
    until(
        "word of the end",
        () ->
            receiver.items().stream()
                .anyMatch(it -> it.path("lifecycleEvent").asText().equals("subscriptionRemoved")));
    call("GET", "/v1.0/subscriptions/" + id, server.app(), "", 404);
    String again = subscribe(server.app(), body(EVERYTHING, receiver));
    Recorded next = server.record();
    until("the next", () -> ids(receiver).contains(next.id()));
    assertThat(receiver.items())
        .filteredOn(it -> it.has("changeType"))
        .allMatch(it -> it.path("subscriptionId").asText().equals(again));
  }

  @Test
  void lanesThatNobodyHasAreForgotten() {
    String id = subscribe(server.app(), body(EVERYTHING, receiver));
    server.record();
    awaitItems(receiver, 1);
    JdbcOutbox outbox = new JdbcOutbox(server.database(), Ids.secure(), List.of());
    until("rest", () -> count("notification_lane where due_ticks is null and lease is null") == 1);
    outbox.tidy(Ticks.of(server.clock().instant()));
    assertThat(count("notification_lane")).isEqualTo(1);
    call("DELETE", "/v1.0/subscriptions/" + id, server.app(), "", 204);
    outbox.tidy(Ticks.of(server.clock().instant()));
    assertThat(count("notification_lane")).isZero();
    subscribe(server.app(), body(EVERYTHING, receiver));
    server.record();
    awaitItems(receiver, 2);
  }

  private int count(String from) {
    return server
        .database()
        .read(
            handle ->
                handle.createQuery("select count(*) from " + from).mapTo(Integer.class).one());
  }
}
