package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.dev.demo.DemoDirectory;
import dev.aftercall.dev.demo.DemoDirectory.App;
import dev.aftercall.dev.demo.DemoDirectory.Person;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.time.Ids;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code start-dev} can be told. */
final class StartDevTest {
  @TempDir Path folder;

  @Test
  void listsGoWrongOnRequest() throws Exception {
    assertThat(firstPage().path("value")).isNotEmpty();
    JsonNode page = firstPage("--quirk=delta-repeats,empty-pages", "--quirk", "lost-next-link");
    assertThat(page.path("value")).isEmpty();
    assertThat(page.path("@odata.nextLink").asText()).contains("$skiptoken=");
  }

  @Test
  void takesTheSwitchesOfGraphsWays() throws Exception {
    JsonNode page = firstPage("--tombstones", "--spelling=strict", "--require-calendar-event");
    assertThat(page.path("value")).as("the demo's meetings stand in a calendar").isNotEmpty();
    assertThat(Shell.run("start-dev", "--spelling", "sloppy").err()).contains("LENIENT, STRICT");
  }

  @Test
  void saysWhichQuirksThereAre() {
    Shell.Said said = Shell.run("start-dev", "--quirk", "empty-page");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("empty-page").contains("empty-pages").contains("delta-repeats");
    assertThat(Shell.run("start", "--quirk", "empty-pages").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"25", "-1", "x", "", "1.5", "99999999999"})
  void saysHowManyPreviewsThereMayBe(String count) {
    Shell.Said said = Shell.run("start-dev", "--previews=" + count, "--data", folder.toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("--previews", "0 to 24").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http-port", "--https-port"})
  void saysWhichPortsThereAre(String option) {
    for (String port : List.of("65536", "-1")) {
      Shell.Said said = Shell.run("start-dev", option, port, "--data", folder.toString());
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err()).contains(option, port, "0 to 65535").doesNotContain("Exception");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void tellsTheSinksOfAFile() throws Exception {
    Path dev = Files.createDirectories(folder.resolve("dev"));
    UUID tenant =
        DemoDirectory.loadOrCreate(dev.resolve("directory.json"), Ids.repeatable(6)).tenant();
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Path sinks =
          Files.writeString(
              folder.resolve("sinks.properties"),
              """
              notifications.webhook.crm.tenant=%s
              notifications.webhook.crm.url=%s
              notifications.webhook.crm.secret=whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz
              """
                  .formatted(tenant, receiver.url("/events")));
      StartDev command = Shell.startDev(folder.toString(), "--sinks", sinks.toString());
      try (StartDev.Running running = command.start()) {
        Poll.until(
            "the demo's recordings", Duration.ofMinutes(1), () -> !receiver.everything().isEmpty());
        assertThat(receiver.everything().getFirst().fields().get("webhook-id"))
            .startsWith(running.ready().people().tenant().toString());
      }
    }
  }

  private JsonNode firstPage(String... options) throws Exception {
    StartDev command = Shell.startDev(folder.toString(), options);
    try (StartDev.Running running = command.start();
        HttpClient client = HttpClient.newHttpClient()) {
      UUID organizer = running.ready().people().user(Person.ORGANIZER).oid();
      String path =
          "/v1.0/users/"
              + organizer
              + "/onlineMeetings/getAllRecordings(meetingOrganizerUserId='"
              + organizer
              + "')";
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(running.ready().http() + path))
              .header("Authorization", "Bearer " + running.ready().token(App.READER))
              .build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      return new ObjectMapper().readTree(answer.body());
    }
  }
}
