package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.cli.Shell.Said;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code start} refuses, and what it never serves. */
final class StartTest {
  private static final Pattern PORT = Pattern.compile("Ready: http port (\\d+)");
  private static final String ISSUER =
      """
      issuer.corp.type=oidc
      issuer.corp.url=https://login.example.com/realms/corp
      issuer.corp.audiences=aftercall
      issuer.corp.tenant=3f9b1c52-6a1e-4d6b-8f0a-2f1d7f2a9c10
      """;
  private static final String PROXY = "http.trusted-proxies=127.0.0.1/32\n";

  @TempDir Path folder;

  @Test
  void refusesAKeyItDoesNotKnow() throws IOException {
    assertThat(refused("http.prot=80\n" + ISSUER + PROXY))
        .contains("http.prot")
        .contains("http.port");
  }

  @Test
  void refusesPlainTextToTheWorld() throws IOException {
    assertThat(refused(ISSUER)).contains("not safe to start").contains("neither TLS nor a trusted");
  }

  @Test
  void refusesWithoutAnIssuer() throws IOException {
    assertThat(refused(PROXY)).contains("not safe to start").contains("No issuer");
  }

  @Test
  void refusesADataFolderItCannotWrite() throws IOException {
    Path config = Files.writeString(folder.resolve("aftercall.properties"), ISSUER + PROXY);
    Files.writeString(
        config, "\ndata-dir=" + folder.resolve("missing") + "\n", StandardOpenOption.APPEND);
    assertThat(said(config)).contains("does not exist");
    // A folder nobody can write, root neither.
    Files.writeString(config, ISSUER + PROXY + "data-dir=/proc\n");
    assertThat(said(config)).contains("Nothing can be written");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(said(folder.resolve("none.properties"))).contains("none.properties");
  }

  @Test
  void servesNoTokens() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("aftercall.properties"),
            ISSUER + PROXY + "http.host=127.0.0.1\nhttp.port=0\ndata-dir=" + folder + "\n");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.aftercall.Main",
                    "start",
                    "--config",
                    config.toString()))
            .redirectErrorStream(true)
            .start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String base = "http://127.0.0.1:" + port(process.inputReader());
      assertThat(status(client, base + "/health/ready")).isEqualTo(200);
      for (String path :
          List.of(
              "/3f9b1c52-6a1e-4d6b-8f0a-2f1d7f2a9c10/oauth2/v2.0/token",
              "/common/oauth2/v2.0/authorize",
              "/common/.well-known/openid-configuration",
              "/common/discovery/v2.0/keys",
              "/common/discovery/instance")) {
        assertThat(status(client, base + path)).as(path).isIn(400, 404);
      }
      String second = said(config);
      assertThat(second).contains("Another server is running in");
    } finally {
      process.destroy();
      process.onExit().join();
    }
  }

  private static int port(BufferedReader log) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      all.append(line).append('\n');
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
    }
    throw new AssertionError(all);
  }

  private static int status(HttpClient client, String url) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private String refused(String settings) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("aftercall.properties"), settings + "data-dir=" + folder + "\n");
    return said(config);
  }

  private static String said(Path config) {
    Said said = Shell.run("start", "--config", config.toString());
    assertThat(said.code()).as(said.err()).isEqualTo(1);
    return said.err();
  }
}
