package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.cli.Shell.Said;
import dev.aftercall.intake.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking files in where no server is running. */
final class ImportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TENANT = "3f9b1c52-6a1e-4d6b-8f0a-2f1d7f2a9c10";
  private static final String ADA = "0b7d6d1e-4c3a-4f7e-9a51-8a6f5d3c2b10";

  @TempDir Path folder;
  private Path data;
  private Path film;

  @BeforeEach
  void make() throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
    film = Files.write(folder.resolve("film.mp4"), Samples.mp4(31, 100_000));
  }

  @Test
  void givesAReceiptAndTheSameOneAgain() throws Exception {
    JsonNode receipt = receipt();
    assertThat(receipt.path("sha256").asText()).isEqualTo(Samples.sha256(Files.readAllBytes(film)));
    assertThat(receipt.path("size").asLong()).isEqualTo(Files.size(film));
    assertThat(receipt.path("durationSeconds").asDouble()).isBetween(1.9, 2.2);
    assertThat(receipt()).isEqualTo(receipt);

    Said people = command(film, "--organizer", ADA);
    assertThat(people.code()).isZero();
    assertThat(people.out())
        .contains("safe to delete")
        .contains(receipt.path("id").asText())
        .contains(receipt.path("sha256").asText());

    JsonNode another = receipt("--subject", "Another");
    assertThat(another.path("id")).isNotEqualTo(receipt.path("id"));
    JsonNode attached =
        JSON.readTree(
            command(film, "--meeting", receipt.path("meetingId").asText(), "--output", "json")
                .out());
    assertThat(attached.path("meetingId")).isEqualTo(receipt.path("meetingId"));
  }

  @Test
  void takesATranscript() throws Exception {
    Path vtt =
        Files.writeString(folder.resolve("film.vtt"), "WEBVTT\n\n00:00.000 --> 00:01.000\nGrüße\n");
    assertThat(receipt("--transcript", vtt.toString()).path("transcriptId").asText()).isNotEmpty();

    Path broken = Files.writeString(folder.resolve("broken.vtt"), "WEBVTT\n\nGrüße\n");
    assertThat(failed("--transcript", broken.toString())).contains("Line 3").contains("'Grüße'");
    Path text = Files.writeString(folder.resolve("film.txt"), "Ada: hello");
    assertThat(failed("--transcript", text.toString())).contains("WebVTT");
    Path latin = Files.write(folder.resolve("latin.vtt"), new byte[] {'W', (byte) 0xfc});
    assertThat(failed("--transcript", latin.toString())).contains("latin.vtt").contains("UTF-8");
    assertThat(failed("--transcript", folder + "/none.vtt")).contains("none.vtt");
  }

  @Test
  void takesATranscriptThatComesLater() throws Exception {
    JsonNode recording = receipt();
    Path srt =
        Files.writeString(folder.resolve("late.SRT"), "1\n00:00:00,500 --> 00:00:01,500\nHello\n");

    Said said = command(srt, "--recording", recording.path("id").asText(), "--output", "json");
    assertThat(said.code()).as(said.err()).isZero();
    JsonNode late = JSON.readTree(said.out());
    assertThat(late.path("meetingId")).isEqualTo(recording.path("meetingId"));
    assertThat(late.path("sha256").asText()).isEqualTo(Samples.sha256(Files.readAllBytes(srt)));
    assertThat(command(srt, "--recording", recording.path("id").asText()).out())
        .contains("transcript " + late.path("id").asText());

    assertThat(command(film, "--recording", recording.path("id").asText()).err())
        .contains("--recording is for transcripts");
    Files.writeString(srt, "1\n00:00:00,500\nHello\n");
    assertThat(command(srt, "--recording", recording.path("id").asText()).err())
        .contains("quarantine");
  }

  @Test
  void takesAnAdhocCall() throws Exception {
    JsonNode call = receipt("--type", "adhoc");
    assertThat(call.path("callId").asText()).hasSize(36);
    assertThat(command(film, "--organizer", ADA, "--type", "adhoc").out())
        .contains("call       " + call.path("callId").asText());
  }

  @Test
  void goesOnWhereItWasStopped() throws Exception {
    Path content = Files.createDirectories(data.resolve("content"));
    Path inTheWay = Files.writeString(content.resolve(TENANT), "not a folder");
    assertThat(failed()).isNotEmpty();
    Files.delete(inTheWay);
    assertThat(receipt().path("size").asLong()).isEqualTo(Files.size(film));
    assertThat(data.resolve("spool")).isEmptyDirectory();
  }

  @Test
  void saysWhyAFileWasNotTaken() throws Exception {
    Files.write(film, Samples.withoutMoov());
    String refused = failed();
    assertThat(refused).startsWith("aftercall: ").contains("quarantine");
    assertThat(failed()).contains(refused.substring("aftercall: ".length(), 40));
    Files.writeString(film, "Minutes");
    assertThat(failed()).contains("quarantine");
    Files.write(film, new byte[0]);
    assertThat(failed()).contains("empty");
    Files.write(film, Samples.mp4(32, 10));
    assertThat(failed("--sha256", "0".repeat(64))).contains("SHA-256");
    assertThat(receipt().path("size").asLong()).isEqualTo(Files.size(film));
  }

  @Test
  void saysWhatIsMissing() {
    Said nobody = command(film);
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err()).contains("--organizer");
    assertThat(failed("--start", "yesterday")).contains("'start'");
    assertThat(failed("--meeting-type", "weekly")).contains("meetingType");
    assertThat(command(folder.resolve("none.mp4"), "--organizer", ADA).err())
        .contains("There is no file");
    assertThat(command(film, "--organizer", "ada").code()).isEqualTo(2);
    Said tenant =
        Shell.run("import", film.toString(), "--organizer", ADA, "--data", data.toString());
    assertThat(tenant.code()).isEqualTo(2);
    assertThat(tenant.err()).contains("--tenant");
  }

  private JsonNode receipt(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("--organizer", ADA, "--output", "json"));
    words.addAll(List.of(more));
    Said said = command(film, words.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
    return JSON.readTree(said.out());
  }

  private String failed(String... more) {
    List<String> words = new ArrayList<>(List.of("--organizer", ADA));
    words.addAll(List.of(more));
    Said said = command(film, words.toArray(String[]::new));
    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(1);
    assertThat(said.out()).isEmpty();
    return said.err();
  }

  private Said command(Path file, String... words) {
    List<String> all = new ArrayList<>(List.of("import", file.toString()));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", data.toString(), "--tenant", TENANT));
    return Shell.run(all.toArray(String[]::new));
  }
}
