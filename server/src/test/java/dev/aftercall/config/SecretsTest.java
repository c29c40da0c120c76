package dev.aftercall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path folder;

  @Test
  void comeFromFilesOfTheirOwn() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), " p w \r\n");
    Optional<Secret> expected = Optional.of(new Secret(" p w "));
    assertThat(Examples.load("database.password=file:" + file).database().password())
        .isEqualTo(expected);
    assertThat(
            Examples.load(Map.of("AFTERCALL_DATABASE_PASSWORD", "file:" + file))
                .database()
                .password())
        .isEqualTo(expected);
  }

  @Test
  void filesThatHoldNone() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThat(Examples.faults("database.password=file:" + empty))
        .singleElement()
        .asString()
        .contains("the file is empty");
    assertThat(Examples.faults("database.password=file:" + folder.resolve("none")))
        .singleElement()
        .asString()
        .startsWith("database.password (FILE:1): no secret could be read from file:")
        .contains("NoSuchFile");
    assertThat(
            Examples.faults(
                "content.store=s3",
                "content.s3.access-key=a",
                "content.s3.secret-key=file:" + folder.resolve("none")))
        .hasSize(1);
    assertThat(Examples.faults("database.password=file:secret"))
        .singleElement()
        .asString()
        .contains("the path is not absolute");
  }

  @Test
  void onlySecretsAreReadFromFiles() {
    assertThat(Examples.load("database.user=file:/x").database().user()).contains("file:/x");
  }

  @Test
  void messagesNeverShowThem() {
    assertThat(
            Examples.faults(
                "database.url=jdbc:postgresql://h/d?user=u&password=hunter2",
                "http.public-url=https://u:hunter2@h",
                "content.s3.secret-key=hunter2",
                "database.pasword=hunter2"))
        .hasSize(4)
        .allSatisfy(fault -> assertThat(fault).doesNotContain("hunter2"));
  }
}
