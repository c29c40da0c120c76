package dev.aftercall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tenant that is mirrored needs of settings. */
final class GraphSourceTest {
  private static final String TENANT = "9d1b0a3c-5a0e-4c7e-8a51-0d8f1c2b3a4d";
  private static final String OTHER = "1d1b0a3c-5a0e-4c7e-8a51-0d8f1c2b3a4d";

  @TempDir Path dir;

  private List<IntakeSource> read(String... lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line :
        new String[] {"type=graph", "tenant=" + TENANT, "secret=s", "graph.organizers=" + OTHER}) {
      text.append("intake.source.t.").append(line).append('\n');
    }
    for (String line : lines) {
      text.append("intake.source.t.").append(line).append('\n');
    }
    return Settings.sources(Files.writeString(dir.resolve("s"), text.toString()), Map.of());
  }

  @Test
  void microsoftsTokensComeFromTheLoginHostOfItsCloud() throws IOException {
    assertThat(read("key=k", "url=https://graph.microsoft.com/v1.0").getFirst().tokenUrl())
        .contains(URI.create("https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/token"));
    assertThat(
            read("key=k", "url=https://graph.microsoft.us/v1.0", "graph.tenant=" + OTHER)
                .getFirst()
                .tokenUrl())
        .contains(URI.create("https://login.microsoftonline.us/" + OTHER + "/oauth2/v2.0/token"));
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> read("key=k")).hasMessageContaining("intake.source.t.url");
    assertThatThrownBy(() -> read("url=https://graph.microsoft.com/v1.0"))
        .hasMessageContaining("client id");
    assertThatThrownBy(() -> read("key=k", "url=https://old.example.org/v1.0"))
        .hasMessageContaining("graph.login-url");
    assertThatThrownBy(
            () ->
                read(
                    "key=k",
                    "url=http://old.example.org/v1.0",
                    "graph.login-url=https://login.example.org/t"))
        .hasMessageContaining("plain-http");
  }
}
