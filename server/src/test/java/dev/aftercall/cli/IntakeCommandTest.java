package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.cli.Shell.Said;
import dev.aftercall.dev.demo.DemoDirectory;
import dev.aftercall.intake.Samples;
import dev.aftercall.time.Ids;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do with what recorders announced, beside a server that is running. */
final class IntakeCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");
  private String data = "";

  @Test
  void whatWaitsIsSeenAssignedAndRuled() throws Exception {
    data = folder.resolve("data").toString();
    StartDev command = Shell.startDev(data, "--no-demo", "--sources", settings().toString());
    try (StartDev.Running running = command.start()) {
      String base = running.ready().http();
      DemoDirectory people = running.ready().people();
      String organizer = people.user(DemoDirectory.Person.ORGANIZER).oid().toString();
      send(base, "one", "Weekly", Samples.mp4(21, 100));

      String id = JSON.readTree(run("list", "--output", "json").out()).at("/0/id").asText();
      assertThat(run("list").out()).contains("unassigned", "Weekly");
      assertThat(run("show", id).out()).contains("unassigned", "No rule", "\"room\"");
      Said neither = run("assign", id);
      assertThat(neither.code()).isNotZero();
      assertThat(neither.err()).contains("--organizer");
      Said assigned = run("assign", id, "--organizer", organizer);
      assertThat(assigned.code()).as(assigned.err()).isZero();
      assertThat(assigned.out()).contains("ready", "by hand");

      Said pointless = run("rules", "put", "all", "--organizer-from", "metadata");
      assertThat(pointless.code()).isNotZero();
      assertThat(pointless.err()).contains("JSON pointer").doesNotContain("Exception");
      assertThat(run("rules", "put", " ", "--organizer", organizer).code()).isNotZero();
      assertThat(run("rules", "put", "all", "--organizer", organizer).out()).contains("made");
      assertThat(run("rules", "list").out()).contains("all", organizer);
      send(base, "two", "Weekly", Samples.mp4(22, 100));
      assertThat(run("list", "--state", "ready").out().lines().count()).isEqualTo(3);
      assertThat(run("rules", "remove", "all").code()).isZero();
      Said gone = run("rules", "remove", "all");
      assertThat(gone.code()).isNotZero();
      assertThat(gone.err()).contains("all").doesNotContain("Exception");

      send(base, "three", "Weekly", new byte[3_000]);
      String bad =
          JSON.readTree(run("list", "--state", "quarantined", "--output", "json").out())
              .at("/0/id")
              .asText();
      Said released = run("release", bad);
      assertThat(released.code()).isNotZero();
      assertThat(released.err()).doesNotContain("Exception");
      Path film = Files.write(folder.resolve("film.mp4"), Samples.mp4(23, 100));
      assertThat(run("release", bad, "--mended", film.toString()).out()).contains("unassigned");
      assertThat(film).exists();
      assertThat(run("reject", bad, "--reason", "a test").out()).contains("rejected", "a test");
    }
  }

  private Path settings() throws Exception {
    return Files.writeString(
        folder.resolve("sources.properties"),
        """
        intake.source.scripts.type=upload
        intake.source.scripts.tenant=%s
        intake.source.scripts.secret=between-us
        """
            .formatted(tenant()));
  }

  /** The tenant that start-dev makes is known before it starts. */
  private String tenant() throws Exception {
    Path dev = Files.createDirectories(Path.of(data).resolve("dev"));
    return DemoDirectory.loadOrCreate(dev.resolve("directory.json"), Ids.secure())
        .tenant()
        .toString();
  }

  private Said run(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "intake";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--data";
    all[arguments.length + 2] = data;
    return Shell.run(all);
  }

  private static void send(String base, String id, String room, byte[] bytes) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      JsonNode opened =
          JSON.readTree(
              client
                  .send(
                      HttpRequest.newBuilder(
                              URI.create(base + "/intake/v1/sources/scripts/recordings"))
                          .header("Authorization", "Bearer between-us")
                          .POST(
                              BodyPublishers.ofString(
                                  "{\"sourceId\":\"" + id + "\",\"room\":\"" + room + "\"}"))
                          .build(),
                      BodyHandlers.ofString())
                  .body());
      client.send(
          HttpRequest.newBuilder(URI.create(opened.path("uploadUrl").asText()))
              .PUT(BodyPublishers.ofByteArray(bytes))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
