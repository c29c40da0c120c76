package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.dev.demo.DemoDirectory.App;
import dev.aftercall.dev.demo.DemoDirectory.Person;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

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
  @ValueSource(strings = {"--http-port", "--https-port"})
  void saysWhichPortsThereAre(String option) {
    for (String port : List.of("65536", "-1")) {
      Shell.Said said = Shell.run("start-dev", option, port, "--data", folder.toString());
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err()).contains(option, port, "0 to 65535").doesNotContain("Exception");
    }
    assertThat(folder).isEmptyDirectory();
  }

  private JsonNode firstPage(String... options) throws Exception {
    StartDev command = new StartDev();
    CommandLine line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    String[] all = new String[options.length + 6];
    String[] base = {"--http-port", "0", "--https-port", "0", "--data", folder.toString()};
    System.arraycopy(base, 0, all, 0, base.length);
    System.arraycopy(options, 0, all, base.length, options.length);
    line.parseArgs(all);
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
