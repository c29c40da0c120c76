package dev.aftercall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
  @TempDir Path folder;

  @Test
  void linesKeepTheirNumbersAcrossContinuations() throws IOException {
    assertThat(read("# comment \\\n\na=1\r\nb = one,\\\n    two \n! more\nc:\\u00e9é\\\\\nd=\n"))
        .containsExactly("a=1@3", "b=one,two@4", "c=éé\\@7", "d=@8");
  }

  @Test
  void byteOrderMarkIsNoPartOfTheFirstKey() throws IOException {
    assertThat(read("\uFEFFa=1")).containsExactly("a=1@1");
  }

  @Test
  void keySetTwice() {
    assertThat(Examples.faults("http.port=1", "log.level=info", "http.port=2"))
        .containsExactly(
            "http.port (FILE:3): the key is set twice, first at FILE:1. Allowed: one line a key.");
  }

  @Test
  void lineWithoutValue() {
    assertThat(Examples.faults("http.enabled"))
        .containsExactly("http.enabled (FILE:1): the line has no value. Allowed: key=value.");
  }

  @Test
  void brokenEscape() {
    assertThat(Examples.faults("data-dir=C:\\users")).singleElement().asString().contains("FILE:1");
  }

  @Test
  void otherEncodings() throws IOException {
    Path file = folder.resolve("latin1");
    Files.write(file, "data-dir=/é".getBytes(StandardCharsets.ISO_8859_1));
    List<SettingsException.Fault> faults = new ArrayList<>();
    assertThat(ConfigurationFile.read(file, faults)).isEmpty();
    assertThat(faults).singleElement().asString().contains("not UTF-8");
  }

  private List<String> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("settings"), text);
    List<SettingsException.Fault> faults = new ArrayList<>();
    List<String> lines =
        ConfigurationFile.read(file, faults).stream()
            .map(l -> l.key() + "=" + l.value() + "@" + l.origin().replaceFirst(".*:", ""))
            .toList();
    assertThat(faults).isEmpty();
    return lines;
  }
}
