package dev.aftercall.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.Server;
import dev.aftercall.config.Cloud;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.dev.demo.DemoDirectory;
import dev.aftercall.dev.issuer.DevIssuer;
import dev.aftercall.dev.issuer.SigningKey;
import dev.aftercall.http.HttpSettings;
import dev.aftercall.http.ListSettings;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.identity.IssuerOptions;
import dev.aftercall.identity.TrustedIssuer;
import dev.aftercall.jdbc.Database;
import dev.aftercall.metering.Tariff;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.storage.StorageWatch;
import dev.aftercall.testing.SqliteFile;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The whole server in this process on a free port, with the demo's people and no TLS. */
final class IntakeServer implements AutoCloseable {
  static final long LARGEST = 8L << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  final DemoDirectory people;
  final DevIssuer issuer;
  final URI base;
  private final Database database;
  private final Server server;
  private final HttpClient client = HttpClient.newHttpClient();

  /** What came back. */
  record Reply(int status, JsonNode json, HttpResponse<byte[]> raw) {}

  IntakeServer(Path dataDir) throws IOException {
    this(dataDir, UnaryOperator.identity());
  }

  IntakeServer(Path dataDir, UnaryOperator<ContentStore> disk) throws IOException {
    Ids ids = Ids.secure();
    InstantSource clock = InstantSource.system();
    Path dev = Files.createDirectories(dataDir.resolve("dev"));
    people = DemoDirectory.loadOrCreate(dev.resolve("directory.json"), ids);
    issuer =
        new DevIssuer(
            people.directory(),
            SigningKey.loadOrCreate(dev.resolve("signing-key.json")),
            clock,
            ids,
            "https://" + Cloud.GLOBAL.graphHost(),
            () -> "https://localhost");
    database = Database.open(SqliteFile.in(dataDir));
    server =
        Server.start(
            new Server.Parts(
                dataDir,
                database,
                disk.apply(new DiskContentStore(dataDir.resolve("content"))),
                new Authenticator(
                    List.of(
                        TrustedIssuer.local(
                            issuer::trusts,
                            issuer::publicKeys,
                            IssuerOptions.entra(Cloud.GLOBAL.audiences()))),
                    clock),
                Cloud.GLOBAL,
                ListSettings.DEFAULT,
                Optional.empty(),
                false,
                Tariff.DOCUMENTED,
                new Intake.Limits(LARGEST, Duration.ofDays(7)),
                List.of(),
                Optional.empty(),
                0,
                RetentionSettings.DEFAULT,
                StorageWatch.Timetable.NEVER,
                new Server.Watched(false, Optional.empty()),
                Optional.empty(),
                NotificationSettings.DEVELOPMENT,
                List.of(),
                ids,
                clock),
            new HttpSettings(
                "localhost",
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                HttpSettings.Limits.DEFAULT,
                Duration.ofMinutes(5)));
    server.open();
    base = URI.create("http://localhost:" + server.http().httpPort().orElseThrow());
  }

  String recorder() {
    return issuer.mintApplication(people.app(DemoDirectory.App.INTAKE));
  }

  String organizer() {
    var app = people.app(DemoDirectory.App.READER);
    return issuer.mintUser(people.user(DemoDirectory.Person.ORGANIZER), app, app.delegatedScopes());
  }

  /** Metadata that needs nothing else. */
  String metadata() {
    return "{\"organizer\":\"" + people.user(DemoDirectory.Person.ORGANIZER).oid() + "\"}";
  }

  Reply post(String metadata, String... fields) throws IOException, InterruptedException {
    return send("POST", base + "/intake/v1/recordings", BodyPublishers.ofString(metadata), fields);
  }

  /** Opens an upload and gives its URL. */
  String open(String metadata) throws IOException, InterruptedException {
    Reply reply = post(metadata, "Authorization", "Bearer " + recorder());
    if (reply.status() != 200) {
      throw new IOException(reply.status() + " " + reply.json());
    }
    return reply.json().path("uploadUrl").asText();
  }

  /** Sends bytes {@code from} to {@code to} as the SDKs' upload tasks do. */
  Reply put(String url, byte[] file, int from, int to) throws IOException, InterruptedException {
    return send(
        "PUT",
        url,
        BodyPublishers.ofByteArray(file, from, to - from),
        "Content-Range",
        "bytes " + from + "-" + (to - 1) + "/" + file.length);
  }

  Reply get(String url, String... fields) throws IOException, InterruptedException {
    return send("GET", url, BodyPublishers.noBody(), fields);
  }

  /** The bytes that a receipt's holder reads. */
  byte[] content(JsonNode receipt) throws IOException, InterruptedException {
    String item =
        "/v1.0/me/onlineMeetings/"
            + receipt.path("meetingId").asText()
            + "/recordings/"
            + receipt.path("id").asText();
    return get(base + item + "/content", "Authorization", "Bearer " + organizer()).raw().body();
  }

  Reply send(String method, String url, BodyPublisher body, String... fields)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, body).timeout(Duration.ofMinutes(1));
    if (fields.length > 0) {
      request.headers(fields);
    }
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    String type = response.headers().firstValue("Content-Type").orElse("");
    JsonNode json =
        type.startsWith("application/json")
            ? JSON.readTree(new String(response.body(), StandardCharsets.UTF_8))
            : JSON.missingNode();
    return new Reply(response.statusCode(), json, response);
  }

  @Override
  public void close() {
    client.close();
    server.close();
    database.close();
  }
}
