package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.jdbc.Database;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.notification.webhook.WebhookTarget;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.PostgresServer;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.testing.WebhookReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes that tell from one outbox. */
final class TwoNodesTest {
  private static final int RECORDINGS = 30;

  @Test
  void togetherTheyTellEachRecordingInOrder() {
    Database.Location shared = PostgresServer.freshDatabase();
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      TestSetup.Difference sinks =
          TestSetup.notifications(
              new NotificationSettings(
                  new AddressRules(any -> false, false),
                  List.of(
                      new WebhookTarget(
                          "ours", TestServer.TENANT, receiver.url("/"), new byte[32])),
                  List.of()));
      try (TestServer one = new TestServer(TestSetup.database(shared), sinks);
          TestServer other = new TestServer(TestSetup.database(shared), sinks)) {
        for (int i = 0; i < RECORDINGS; i++) {
          (i % 2 == 0 ? one : other).record();
        }
        Poll.until(
            "every recording",
            Duration.ofMinutes(1),
            () -> {
              // What a busy machine did not answer in time comes again.
              one.clock().advance(Duration.ofMillis(10));
              other.clock().advance(Duration.ofMillis(10));
              return ids(receiver).stream().distinct().count() == RECORDINGS;
            });
        // Twice only if a lease ran out; then later, and what came first came in order.
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= RECORDINGS; i++) {
          expected.add(TestServer.TENANT + "-" + i);
        }
        assertThat(ids(receiver).stream().distinct().toList()).isEqualTo(expected);
      }
    }
  }

  private static List<String> ids(WebhookReceiver receiver) {
    return receiver.everything().stream().map(got -> got.fields().get("webhook-id")).toList();
  }
}
