package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.cli.Shell.Said;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of those who are told, and tries. */
final class SubscriptionCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private WebhookReceiver receiver;

  @BeforeEach
  void open() {
    receiver = new WebhookReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private String subscribe(String data) throws Exception {
    StartDev command =
        Shell.startDev(data, "--no-demo", "--ready-file", folder.resolve("ready.json").toString());
    try (StartDev.Running running = command.start();
        HttpClient client = HttpClient.newHttpClient()) {
      running.announce();
      JsonNode ready = JSON.readTree(folder.resolve("ready.json").toFile());
      String body =
          """
          {"changeType":"created","notificationUrl":"%s","lifecycleNotificationUrl":"%s",
           "resource":"communications/onlineMeetings/getAllRecordings","expirationDateTime":"%s"}
          """
              .formatted(
                  receiver.url("/hook"),
                  receiver.url("/life"),
                  Instant.now().plus(Duration.ofDays(1)));
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(ready.path("http").asText() + "/v1.0/subscriptions"))
                  .header("Content-Type", "application/json")
                  .header("Authorization", "Bearer " + ready.path("tokens").path("app").asText())
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode())
          .as(new String(answer.body(), StandardCharsets.UTF_8))
          .isEqualTo(201);
      return JSON.readTree(answer.body()).path("id").asText();
    }
  }

  @Test
  void aSubscribersAddressesAreTriedAndWhatTheyAnswerIsSaid() throws Exception {
    String data = folder.resolve("data").toString();
    String id = subscribe(data);
    Said list = Shell.run("subscriptions", "list", "--data", data, "--output", "json");
    assertThat(JSON.readTree(list.out()).path(0).path("id").asText()).as(list.err()).isEqualTo(id);
    int before = receiver.everything().size();
    Said well = Shell.run("subscriptions", "test", id, "--data", data, "--output", "json");
    assertThat(well.code()).as(well.err()).isZero();
    JsonNode rows = JSON.readTree(well.out());
    assertThat(rows).hasSize(2);
    assertThat(rows.path(0).path("where").asText()).isEqualTo(receiver.url("/hook"));
    assertThat(rows.path(0).path("outcome").asText()).isEqualTo("200");
    assertThat(Integer.parseInt(rows.path(0).path("millis").asText())).isNotNegative();
    assertThat(receiver.everything()).hasSize(before + 2);
    receiver.validating(Behaviour.status(503));
    Said badly = Shell.run("subscriptions", "test", id, "--data", data);
    assertThat(badly.code()).isEqualTo(1);
    assertThat(badly.out()).contains("not well", "503");
    for (String what : List.of("", "--dead")) {
      Said shown =
          what.isEmpty()
              ? Shell.run("subscriptions", "show", id, "--data", data)
              : Shell.run("subscriptions", "show", id, "--data", data, what);
      assertThat(shown.code()).as(shown.err()).isZero();
    }
    Said nobody = Shell.run("subscriptions", "show", "nobody", "--data", data);
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err()).contains("nobody", "subscriptions list");
  }

  @Test
  void aSinkGetsAnEventThatTellsOfNothing() throws Exception {
    String tenant = "1a2b3c4d-0000-4000-8000-000000000001";
    Path data = Files.createDirectories(folder.resolve("sinks"));
    Path config = folder.resolve("aftercall.properties");
    Files.writeString(
        config,
        """
        data-dir=%s
        notifications.webhook.crm.tenant=%s
        notifications.webhook.crm.url=%s
        notifications.webhook.crm.secret=whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=
        """
            .formatted(data, tenant, receiver.url("/events")));
    String[] command = {
      "subscriptions", "test", "webhook/crm", "--config", config.toString(), "--tenant", tenant
    };
    Said well = Shell.run(command);
    assertThat(well.code()).as(well.err()).isZero();
    assertThat(receiver.everything().getFirst().json().path("type").asText())
        .isEqualTo("dev.aftercall.test");
    receiver.answering(Behaviour.status(401));
    Said badly = Shell.run(command);
    assertThat(badly.code()).isEqualTo(1);
    assertThat(badly.out()).contains("401");
    Said unknown =
        Shell.run(
            "subscriptions",
            "test",
            "kafka/crm",
            "--config",
            config.toString(),
            "--tenant",
            tenant);
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("kafka/crm");
  }
}
