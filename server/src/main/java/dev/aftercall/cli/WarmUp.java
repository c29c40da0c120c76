package dev.aftercall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.dev.demo.DemoDirectory.App;
import dev.aftercall.dev.demo.DemoDirectory.Person;
import dev.aftercall.dev.tls.DevCertificates;
import dev.aftercall.jdbc.Database;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Puts a server through its paces, for its JVM to learn from: the launcher does that once after a
 * build and keeps what was learnt as the start-up cache (JEP 514). The server is a process of its
 * own, so that nothing is learnt which no server does: issuing tokens, making certificates.
 */
@Command(name = "warm-up", hidden = true, description = "Trains a server that is to be started.")
final class WarmUp implements Callable<Integer> {
  private static final int TIMES = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "Starts the server; --config and a file are appended.")
  private List<String> server = List.of();

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("aftercall-warm-up");
    try (StartDev.Running dev = issuer(folder.resolve("dev"))) {
      int port = freePort();
      Process trained = launch(dev.ready(), port);
      try (HttpClient client = HttpClient.newHttpClient()) {
        ask(client, "http://127.0.0.1:" + port, dev.ready(), trained);
      } finally {
        // The good-bye is when the JVM writes down what it has learnt.
        trained.destroy();
        if (!trained.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          trained.destroyForcibly();
        }
      }
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static StartDev.Running issuer(Path data) throws IOException {
    StartDev command = new StartDev();
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs("--no-demo", "--http-port", "0", "--https-port", "0", "--data", data.toString());
    return command.start();
  }

  private Process launch(DevReadyFile dev, int port) throws IOException {
    Path data = Files.createDirectory(dev.certificates().ca().resolveSibling("trained"));
    // A server starts with a schema many times and without one once.
    Database.open(Database.Location.in(data)).close();
    Path config = data.resolveSibling("trained.properties");
    Files.writeString(
        config,
        """
        data-dir=%s
        http.port=%d
        https.port=0
        https.certificate=%s
        https.key=%s
        issuer.dev.type=entra
        issuer.dev.url=%s/
        issuer.dev.tenant=%s
        issuer.dev.audiences=https://graph.microsoft.com
        """
            .formatted(
                data,
                port,
                dev.certificates().chain(),
                dev.certificates().key(),
                dev.https(),
                dev.people().tenant()));
    List<String> command = new ArrayList<>(server);
    command.addAll(
        1,
        List.of(
            "-Djavax.net.ssl.trustStore=" + dev.certificates().trustStore(),
            "-Djavax.net.ssl.trustStorePassword=" + DevCertificates.TRUST_STORE_PASSWORD));
    command.addAll(List.of("--config", config.toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }

  private static void ask(HttpClient client, String base, DevReadyFile dev, Process trained)
      throws Exception {
    awaitReady(client, base, trained);
    UUID organizer = dev.people().user(Person.ORGANIZER).oid();
    JsonNode receipt = handOver(client, base, dev.token(App.INTAKE), organizer);
    String item =
        "/onlineMeetings/"
            + receipt.get("meetingId").textValue()
            + "/recordings/"
            + receipt.get("id").textValue();
    for (int i = 0; i < TIMES; i++) {
      get(client, base + "/v1.0/me" + item, dev.token(Person.ORGANIZER));
      get(client, base + "/v1.0/me" + item + "/content", dev.token(Person.ORGANIZER));
      get(client, base + "/v1.0/users/" + organizer + item, dev.token(App.READER));
    }
  }

  private static void awaitReady(HttpClient client, String base, Process trained)
      throws InterruptedException, IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (get(client, base + "/health/ready", "") == 200) {
          return;
        }
      } catch (IOException e) {
        if (trained.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          throw new IOException("The server that was to be trained did not start.", e);
        }
      }
    }
  }

  private static JsonNode handOver(HttpClient client, String base, String token, UUID organizer)
      throws Exception {
    byte[] film;
    try (InputStream in = WarmUp.class.getResourceAsStream("/demo/quarterly-planning.mp4")) {
      if (in == null) {
        throw new IOException("The demo's film is not in this build.");
      }
      film = in.readAllBytes();
    }
    String metadata = "{\"organizer\":\"" + organizer + "\",\"size\":" + film.length + "}";
    HttpRequest open =
        request(base + "/intake/v1/recordings", token)
            .POST(BodyPublishers.ofString(metadata))
            .build();
    String url =
        JSON.readTree(client.send(open, BodyHandlers.ofByteArray()).body())
            .get("uploadUrl")
            .textValue();
    HttpRequest put = request(url, token).PUT(BodyPublishers.ofByteArray(film)).build();
    return JSON.readTree(client.send(put, BodyHandlers.ofByteArray()).body());
  }

  private static int get(HttpClient client, String url, String token)
      throws IOException, InterruptedException {
    HttpRequest get = request(url, token).header("Range", "bytes=0-65535").build();
    return client.send(get, BodyHandlers.discarding()).statusCode();
  }

  private static HttpRequest.Builder request(String url, String token) {
    return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
