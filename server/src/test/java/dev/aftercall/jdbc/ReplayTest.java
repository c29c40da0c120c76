package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.notification.Settlement.Attempt;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.time.Ticks;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an operator sees of subscriptions, and tells again. */
final class ReplayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void whatBecameVisibleSinceThenIsToldAgain() {
    try (TestServer server = new TestServer();
        WebhookReceiver receiver = new WebhookReceiver()) {
      server.coverEverybody(TestServer.APP);
      server.record(); // Before anybody subscribed.
      server.clock().advance(Duration.ofMinutes(1));
      long since = Ticks.of(server.clock().instant());
      server.record();
      String body =
          """
          {"changeType":"created","notificationUrl":"%s","clientState":"whisper",
           "resource":"communications/onlineMeetings/getAllRecordings","expirationDateTime":"%s"}
          """
              .formatted(receiver.url("/"), Ticks.format(since + 50L * 60 * 10_000_000));
      assertThat(
              server
                  .send(
                      server
                          .request("/v1.0/subscriptions", server.app())
                          .header("Content-Type", "application/json")
                          .POST(BodyPublishers.ofString(body)))
                  .statusCode())
          .isEqualTo(201);
      SubscriptionDesk desk = new SubscriptionDesk(server.database(), TestServer.TENANT);
      var standing = desk.all().getFirst();
      assertThat(standing.toString()).doesNotContain("whisper");
      assertThat(desk.replay(standing, since, since)).isEqualTo(1);
      Poll.until("the replay", PATIENCE, () -> receiver.items().size() == 1);
      Poll.until(
          "a line in the log",
          PATIENCE,
          () ->
              desk.attempts(standing.id(), 10).stream()
                  .map(Attempt::outcome)
                  .toList()
                  .contains("202"));
      assertThat(desk.all().getFirst().waiting()).isZero();
    }
  }
}
