package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.arrival.Sources;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.notification.webhook.WebhookTarget;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
final class MetricsTest {
  @Test
  void countsRequestsByRouteAndStatus() {
    try (TestServer server = new TestServer(TestSetup.metrics("scrape"))) {
      for (int i = 0; i < 3; i++) {
        assertThat(server.get("/health/live", "").statusCode()).isEqualTo(200);
      }
      server.get("/v1.0/me/onlineMeetings", "");
      server.get("/nowhere", "");

      var page = server.get("/metrics", "scrape");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
      String text = new String(page.body(), UTF_8);
      assertThat(text)
          .contains("# TYPE aftercall_http_requests_total counter")
          .contains("aftercall_http_requests_total{route=\"/health/live\",status=\"200\"} 3.0")
          .contains("route=\"\",status=\"400\"} 1.0")
          .contains("status=\"401\"} 1.0")
          .contains("aftercall_storage_findings{kind=\"missing\"} 0.0");

      var open = server.get("/metrics", "scrape", "Accept", "application/openmetrics-text");
      assertThat(open.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/openmetrics-text");
      assertThat(new String(open.body(), UTF_8)).endsWith("# EOF\n");
    }
  }

  @Test
  void showsHowTellingGoes() throws Exception {
    try (WebhookReceiver receiver = new WebhookReceiver();
        TestServer server =
            new TestServer(
                TestSetup.metrics("scrape"),
                TestSetup.notifications(
                    new NotificationSettings(
                        new AddressRules(any -> false, false),
                        List.of(
                            new WebhookTarget(
                                "ours", TestServer.TENANT, receiver.url("/"), new byte[32])),
                        List.of())))) {
      receiver.answering(Behaviour.status(503));
      server.record();
      Poll.until(
          "an attempt that is taken down",
          Duration.ofSeconds(30),
          () ->
              server
                      .database()
                      .read(
                          handle ->
                              handle
                                  .createQuery("select max(failures) from notification_lane")
                                  .mapTo(Integer.class)
                                  .findOne()
                                  .orElse(0))
                  == 1);
      server.clock().advance(Duration.ofMillis(1500));
      assertThat(new String(server.get("/metrics", "scrape").body(), UTF_8))
          .contains(
              "aftercall_notification_attempts_total{kind=\"cloudevents\",outcome=\"5xx\"} 1.0")
          .contains("aftercall_notifications{state=\"waiting\"} 1.0")
          .contains("aftercall_notifications{state=\"dead\"} 0.0")
          .contains("aftercall_notifications{state=\"change\"} 0.0")
          .contains("aftercall_notifications_oldest_seconds 1.5");
    }
  }

  @Test
  void tellsWhatRecordersAnnounced() {
    try (TestServer server =
        new TestServer(
            TestSetup.metrics("scrape"),
            TestSetup.source(Sources.of("scripts", RecorderType.UPLOAD)))) {
      server.send(
          server
              .request("/intake/v1/sources/scripts/recordings", Sources.SECRET)
              .POST(HttpRequest.BodyPublishers.ofString("{\"sourceId\":\"1\"}")));
      server.clock().advance(Duration.ofSeconds(90));
      assertThat(new String(server.get("/metrics", "scrape").body(), UTF_8))
          .contains("aftercall_intake_arrivals{source=\"scripts\",state=\"fetching\"} 1.0")
          .contains("aftercall_intake_arrivals{source=\"scripts\",state=\"ready\"} 0.0")
          .contains("aftercall_intake_oldest_unfinished_seconds 90.0");
    }
  }

  @Test
  void isForWhoeverBringsTheToken() {
    try (TestServer server = new TestServer(TestSetup.metrics("scrape"))) {
      assertThat(server.get("/metrics", "").statusCode()).isEqualTo(401);
      assertThat(server.get("/metrics", "scrapE").statusCode()).isEqualTo(401);
      assertThat(server.get("/metrics", server.app()).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void isNotThereUnlessTheOperatorWantsIt() {
    try (TestServer server = new TestServer()) {
      assertThat(server.get("/metrics", "").statusCode()).isEqualTo(400);
    }
  }
}
