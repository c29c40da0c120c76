package dev.aftercall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that operators copy is fit for production as it stands. */
class ExampleFileTest {
  private static final Path EXAMPLE = Path.of("..", "deploy", "aftercall.properties");

  @TempDir Path folder;

  @Test
  void loadsAndPassesTheChecks() throws IOException {
    Files.writeString(folder.resolve("tls.crt"), "-----BEGIN CERTIFICATE-----\n");
    Files.writeString(folder.resolve("tls.key"), "-----BEGIN PRIVATE KEY-----\n");
    String text =
        Files.readString(EXAMPLE)
            .replaceAll("=(/var/lib|/etc)/aftercall/", "=" + folder + "/")
            .replaceAll("=/var/lib/aftercall", "=" + folder);
    Settings settings = Examples.loadOnly(Map.of(), text.split("\n", -1));
    assertThat(ProductionChecks.check(settings)).isEmpty();
  }

  @Test
  void alternativesAreKnownKeysWithReadableValues() throws IOException {
    List<MatchResult> alternatives =
        Pattern.compile("(?m)^#([a-z0-9.-]+)=(.+)$")
            .matcher(Files.readString(EXAMPLE))
            .results()
            .toList();
    assertThat(alternatives)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            line ->
                assertThat(KeyNames.ofName(line.group(1)))
                    .hasValueSatisfying(key -> key.type().parse(line.group(2))));
  }
}
