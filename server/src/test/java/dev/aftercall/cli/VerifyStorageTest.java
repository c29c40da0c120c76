package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of the storage from the command line, beside a running server. */
final class VerifyStorageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void tellsWhatIsWrongAndSetsOrphansAside(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    StartDev command = Shell.startDev(data.toString());
    try (StartDev.Running running = command.start()) {
      Shell.Said sound = verify(data, "--hash", "full");
      assertThat(sound.code()).as(sound.out() + sound.err()).isZero();
      assertThat(sound.out()).startsWith("Done: 6 in the catalogue, 6 in the store, 6 hashed");

      String tenant = running.ready().people().tenant().toString();
      List<Path> files = files(data.resolve("content"));
      Files.delete(files.getFirst());
      Path orphan =
          data.resolve("content")
              .resolve(tenant)
              .resolve("00/00000000-0000-4000-8000-000000000000");
      Files.createDirectories(orphan.getParent());
      Files.writeString(orphan, "nobody's");
      Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minusSeconds(7_200)));

      Shell.Said wrong = verify(data, "--output", "json");
      assertThat(wrong.code()).isEqualTo(1);
      JsonNode found = JSON.readTree(wrong.out());
      assertThat(found.path("state").asText()).isEqualTo("done");
      assertThat(found.path("counts").path("pending").asInt()).isEqualTo(1);
      assertThat(found.path("findings").findValuesAsText("kind")).containsExactly("missing");

      Shell.Said moved = verify(data, "--quarantine-orphans", "--orphan-grace", "1");
      assertThat(moved.code()).isEqualTo(1);
      assertThat(moved.out()).contains("orphan", "quarantined", "missing");
      assertThat(orphan).doesNotExist();
      assertThat(
              data.resolve("content/quarantine")
                  .resolve(data.resolve("content").relativize(orphan)))
          .hasContent("nobody's");
    }
  }

  @Test
  void wrongWordsAreExplained(@TempDir Path folder) throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    assertThat(verify(data, "--hash", "half").err()).contains("sample=N%");
    Shell.Said nothing = verify(data, "--resume");
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("There is no run");
    Shell.Said empty = verify(data);
    assertThat(empty.code()).as(empty.err()).isZero();
  }

  private static List<Path> files(Path content) throws IOException {
    try (Stream<Path> all = Files.walk(content)) {
      return all.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }

  private static Shell.Said verify(Path data, String... words) {
    return Shell.run(
        Stream.concat(Stream.of("verify-storage", "--data", data.toString()), Stream.of(words))
            .toArray(String[]::new));
  }
}
