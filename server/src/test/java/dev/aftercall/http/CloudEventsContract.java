package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.jdbc.JdbcOutbox;
import dev.aftercall.jdbc.SubscriptionDesk;
import dev.aftercall.jdbc.SubscriptionDesk.DeadLetter;
import dev.aftercall.jdbc.SubscriptionDesk.Standing;
import dev.aftercall.notification.Lane;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.notification.Sink;
import dev.aftercall.notification.webhook.WebhookTarget;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import dev.aftercall.testing.WebhookReceiver.Got;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom the operator wants told, by HTTP and signed; on each database. */
abstract class CloudEventsContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] KEY =
      "a key of at least twenty-four".getBytes(StandardCharsets.US_ASCII);

  private TestServer server;
  private WebhookReceiver receiver;
  private WebhookReceiver another;

  abstract TestServer start(TestSetup.Difference difference);

  @BeforeEach
  void open() {
    receiver = new WebhookReceiver();
    another = new WebhookReceiver();
    server =
        start(
            TestSetup.notifications(
                new NotificationSettings(
                    new AddressRules(any -> false, false),
                    List.of(
                        target("ours", TestServer.TENANT, receiver),
                        target("theirs", TestServer.guid("another tenant"), another)),
                    List.of())));
  }

  private static WebhookTarget target(String name, UUID tenant, WebhookReceiver receiver) {
    return new WebhookTarget(name, tenant, receiver.url("/events"), KEY);
  }

  @AfterEach
  void close() {
    server.close();
    receiver.close();
    another.close();
  }

  private static void until(String what, Callable<Boolean> condition) {
    Poll.until(what, PATIENCE, condition);
  }

  @Test
  void aRecordingIsToldSignedToItsTenantAlone() throws Exception {
    Recorded recorded = server.record();
    until("an event", () -> !receiver.everything().isEmpty());
    Got got = receiver.everything().getFirst();
    assertThat(got.fields().get("content-type")).startsWith("application/cloudevents+json");
    JsonNode event = got.json();
    assertThat(event.path("specversion").asText()).isEqualTo("1.0");
    assertThat(event.path("id").asText()).isEqualTo(TestServer.TENANT + "-1");
    assertThat(event.path("source").asText()).isEqualTo("/tenants/" + TestServer.TENANT);
    assertThat(event.path("type").asText()).isEqualTo("dev.aftercall.recording.created");
    assertThat(event.path("time").asText()).endsWith("Z");
    assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
    assertThat(event.path("subject").asText())
        .isEqualTo(
            "users/"
                + TestServer.ORGANIZER
                + "/onlineMeetings('"
                + recorded.meetingId()
                + "')/recordings('"
                + recorded.id()
                + "')");
    assertThat(event.path("data").path("id").asText()).isEqualTo(recorded.id());
    assertThat("/v1.0/" + event.path("data").path("recordingContentUrl").asText())
        .isEqualTo(recorded.contentPath());
    assertThat(got.fields().get("webhook-id")).isEqualTo(event.path("id").asText());
    assertThat(got.fields().get("webhook-signature")).isEqualTo("v1," + signature(got));
    assertThat(got.fields().get("webhook-timestamp"))
        .isEqualTo(Long.toString(server.clock().instant().getEpochSecond()));
    server.handOver().tenant(TestServer.guid("another tenant")).keep();
    until("the other tenant's", () -> !another.everything().isEmpty());
    assertThat(another.everything()).hasSize(1);
    assertThat(receiver.everything()).hasSize(1);
  }

  private static String signature(Got got) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    mac.update(
        (got.fields().get("webhook-id") + "." + got.fields().get("webhook-timestamp") + ".")
            .getBytes(StandardCharsets.US_ASCII));
    return Base64.getEncoder().encodeToString(mac.doFinal(got.body()));
  }

  @Test
  void whatIsNotTakenComesAgainUnderItsIdAndInOrder() {
    receiver.answering(Behaviour.status(500));
    server.record();
    until("a first try", () -> count("notification_attempt") == 1);
    server.record();
    server.record();
    receiver.answering(Behaviour.status(204));
    // Once, and to the next try: a clock that runs on ends leases, and then two may send the same.
    server.clock().advance(Duration.ofSeconds(20));
    until("all three", () -> receiver.everything().size() == 4);
    assertThat(receiver.everything().stream().map(got -> got.fields().get("webhook-id")).toList())
        .containsExactly(
            TestServer.TENANT + "-1",
            TestServer.TENANT + "-1",
            TestServer.TENANT + "-2",
            TestServer.TENANT + "-3");
  }

  @Test
  void aStartTellsNothingAgain() {
    server.record();
    until("an event", () -> receiver.everything().size() == 1);
    until("an empty outbox", () -> count("notification") == 0);
    assertThat(count("notification_attempt")).isEqualTo(1);
  }

  @Test
  void whatWasGivenUpIsSeenAndToldAgain() {
    receiver.answering(Behaviour.status(503));
    Recorded recorded = server.record();
    until("a first try", () -> receiver.everything().size() == 1);
    server.clock().advance(Duration.ofHours(5));
    SubscriptionDesk desk = new SubscriptionDesk(server.database(), TestServer.TENANT);
    until("a dead letter", () -> desk.dead("webhook/ours", 10).size() == 1);
    DeadLetter dead = desk.dead("webhook/ours", 10).getFirst();
    assertThat(dead.about()).isEqualTo("recording " + recorded.artifact());
    assertThat(dead.reason()).isEqualTo("503");
    Standing standing = desk.find("webhook/ours").orElseThrow();
    assertThat(standing.dead()).isEqualTo(1);
    assertThat(standing.waiting()).isZero();
    receiver.answering(Behaviour.status(204));
    int before = receiver.everything().size();
    assertThat(desk.replay(standing, 0, Ticks.of(server.clock().instant()))).isEqualTo(1);
    until(
        "it again",
        () -> {
          server.clock().advance(Duration.ofSeconds(10));
          return receiver.everything().size() > before;
        });
    assertThat(desk.dead("webhook/ours", 10)).isEmpty();
  }

  @Test
  void whatWaitsInOneTenantIsNotToldToASinkOfThatNameInAnother() {
    receiver.answering(Behaviour.status(503));
    server.record();
    until("a first try", () -> receiver.everything().size() == 1);
    // As if the settings had moved the name: what waits is still the first tenant's.
    server
        .database()
        .write(
            handle ->
                handle.execute("update notification_lane set url = 'theirs' where url = 'ours'"));
    SubscriptionDesk desk = new SubscriptionDesk(server.database(), TestServer.TENANT);
    until(
        "another try",
        () -> {
          server.clock().advance(Duration.ofSeconds(10));
          return desk.attempts("webhook/ours", 10).stream()
              .anyMatch(it -> it.outcome().equals("not in the settings"));
        });
    assertThat(another.everything()).isEmpty();
  }

  @Test
  void theLaneOfASinkThatMovedToAnotherTenantIsForgotten() {
    server.record();
    until("rest", () -> count("notification_lane where due_ticks is null and lease is null") == 1);
    tidyWith(new Sink(Lane.Kind.CLOUDEVENTS, "ours", TestServer.TENANT));
    assertThat(count("notification_lane")).isEqualTo(1);
    tidyWith(new Sink(Lane.Kind.CLOUDEVENTS, "ours", TestServer.guid("another tenant")));
    assertThat(count("notification_lane")).isZero();
  }

  private void tidyWith(Sink sink) {
    new JdbcOutbox(server.database(), Ids.secure(), List.of(sink))
        .tidy(Ticks.of(server.clock().instant()));
  }

  private int count(String table) {
    return server
        .database()
        .read(
            handle ->
                handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }
}
