package dev.aftercall.cli;

import dev.aftercall.config.Settings;
import dev.aftercall.dev.demo.DemoDirectory.App;
import dev.aftercall.dev.demo.DemoDirectory.Person;
import dev.aftercall.intake.Receipt;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * A short life of the server, for the JVM to learn from: the launcher runs it once after a build
 * and keeps what was learnt as the start-up cache (JEP 514).
 */
@Command(name = "warm-up", hidden = true, description = "Runs the server through its paces once.")
final class WarmUp implements Callable<Integer> {
  private static final int TIMES = 20;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("aftercall-warm-up");
    try {
      Settings.load(Optional.empty(), Map.of("AFTERCALL_DATA_DIR", folder.toString())).dump();
      StartDev command = new StartDev();
      new CommandLine(command)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .parseArgs("--http-port", "0", "--https-port", "0", "--data", folder.toString());
      try (StartDev.Running running = command.start()) {
        ask(running.ready());
      }
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static void ask(DevReadyFile ready) throws Exception {
    Receipt receipt = ready.receipts().getFirst();
    String item = "/onlineMeetings/" + receipt.meetingId() + "/recordings/" + receipt.id();
    String organizer = "/v1.0/users/" + ready.people().user(Person.ORGANIZER).oid() + item;
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < TIMES; i++) {
        get(client, ready.http() + "/v1.0/me" + item, ready.token(Person.ORGANIZER));
        get(client, ready.http() + organizer + "/content", ready.token(App.READER));
        get(client, ready.http() + organizer, ready.token(App.WITHOUT_POLICY));
      }
      get(client, ready.http() + "/health/ready", "");
    }
  }

  private static void get(HttpClient client, String url, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token)
            .header("Range", "bytes=0-65535")
            .build();
    client.send(request, HttpResponse.BodyHandlers.discarding());
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
