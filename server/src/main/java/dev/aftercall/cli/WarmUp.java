package dev.aftercall.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.dev.demo.DemoDirectory;
import dev.aftercall.dev.demo.DemoDirectory.App;
import dev.aftercall.dev.demo.DemoDirectory.Person;
import dev.aftercall.dev.tls.DevCertificates;
import dev.aftercall.intake.Intake;
import dev.aftercall.intake.Receipt;
import dev.aftercall.intake.Submitter;
import dev.aftercall.jdbc.JdbcIntakeStore;
import dev.aftercall.media.ContainerProbe;
import dev.aftercall.time.Ids;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Puts a server through its paces, for its JVM to learn from: the launcher does that once after a
 * build and keeps what was learnt as the start-up cache (JEP 514). The server is a process of its
 * own, so that nothing is learnt which no server does: issuing tokens, making certificates.
 */
@Command(name = "warm-up", hidden = true, description = "Trains a server that is to be started.")
final class WarmUp implements Effect.Serves {
  /**
   * Few: what has run often enough to be compiled is compiled at every start again, at once, where
   * the first answer waits for the processor; and each class more costs every start its share.
   */
  private static final int TIMES = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(
      names = "--libraries",
      paramLabel = "DIR",
      description = "Puts native libraries there for the server to find.")
  private @Nullable Path libraries;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "Starts the server; --config and a file are appended.")
  private List<String> server = List.of();

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("aftercall-warm-up");
    if (libraries != null) {
      NativeLibraries.unpackInto(Files.createDirectories(libraries));
    }
    try (StartDev.Running dev = issuer(folder.resolve("dev"))) {
      int port = freePort();
      Path data = Files.createDirectory(folder.resolve("trained"));
      Receipt kept = handOver(data, dev.ready().people());
      Process trained = launch(dev.ready(), data, port);
      try (HttpClient client = HttpClient.newHttpClient()) {
        ask(client, "http://127.0.0.1:" + port, dev.ready(), kept, trained);
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

  private Process launch(DevReadyFile dev, Path data, int port) throws IOException {
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
        issuer.other.type=oidc
        issuer.other.url=%s/%s/v2.0
        issuer.other.tenant=%s
        """
            .formatted(
                data,
                port,
                dev.certificates().chain(),
                dev.certificates().key(),
                dev.https(),
                dev.people().tenant(),
                dev.https(),
                dev.people().tenant(),
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

  private static void ask(
      HttpClient client, String base, DevReadyFile dev, Receipt kept, Process trained)
      throws Exception {
    awaitReady(client, base, trained);
    UUID organizer = dev.people().user(Person.ORGANIZER).oid();
    String item = "/onlineMeetings/" + kept.meetingId() + "/recordings/" + kept.id();
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

  /** A server starts with a schema and recordings many times, and without them once. */
  private static Receipt handOver(Path data, DemoDirectory people) throws Exception {
    try (Home home = Home.in(data);
        InputStream film = WarmUp.class.getResourceAsStream("/demo/quarterly-planning.mp4")) {
      if (film == null) {
        throw new IOException("The demo's film is not in this build.");
      }
      Intake intake =
          new Intake(
              new Intake.Rooms(
                  new JdbcIntakeStore(home.database()), home.contents(), new ContainerProbe()),
              data,
              new Intake.Limits(Long.MAX_VALUE, PATIENCE),
              Ids.secure(),
              InstantSource.system());
      byte[] bytes = film.readAllBytes();
      ObjectNode metadata = JsonNodeFactory.instance.objectNode();
      metadata.put("organizer", people.user(Person.ORGANIZER).oid().toString());
      metadata.put("size", bytes.length);
      Intake.Progress open =
          intake.open(new Submitter(people.tenant(), "warm-up"), metadata, Optional.empty());
      return intake
          .append(
              open.uploadId(),
              open.secret().orElseThrow(),
              new Intake.Fragment(
                  0,
                  bytes.length,
                  Optional.of((long) bytes.length),
                  new ByteArrayInputStream(bytes)))
          .receipt()
          .orElseThrow();
    }
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
