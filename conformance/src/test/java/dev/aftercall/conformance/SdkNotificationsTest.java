package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.core.models.DecryptableContent;
import com.microsoft.graph.core.models.TokenValidable;
import com.microsoft.graph.models.CallRecording;
import com.microsoft.graph.models.ChangeNotification;
import com.microsoft.graph.models.ChangeNotificationCollection;
import com.microsoft.graph.models.Subscription;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.serialization.JsonParseNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@Conformance("Graph SDK: change notifications")
final class SdkNotificationsTest {
  private static final String EVERYTHING = "communications/onlineMeetings/getAllRecordings";
  private static final String PASSWORD = "changeit";

  private final ServerUnderTest server;

  SdkNotificationsTest(ServerUnderTest server) {
    this.server = server;
  }

  /** An endpoint on this machine, as tutorials write them. */
  private record Endpoint(HttpServer http, BlockingQueue<byte[]> bodies) implements AutoCloseable {
    static Endpoint open() throws IOException {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
      http.createContext("/", exchange -> answer(exchange, bodies));
      http.start();
      return new Endpoint(http, bodies);
    }

    private static void answer(HttpExchange exchange, BlockingQueue<byte[]> bodies)
        throws IOException {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      if (query.startsWith("validationToken=")) {
        byte[] token =
            URLDecoder.decode(query.substring(16), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, token.length);
        exchange.getResponseBody().write(token);
      } else {
        bodies.add(body);
        exchange.sendResponseHeaders(202, -1);
      }
      exchange.close();
    }

    String url() {
      return "http://localhost:" + http.getAddress().getPort() + "/hook";
    }

    ChangeNotificationCollection next() throws InterruptedException {
      byte[] body = bodies.poll(60, TimeUnit.SECONDS);
      assertThat(body).as("a notification within a minute").isNotNull();
      return new JsonParseNodeFactory()
          .getParseNode("application/json", new ByteArrayInputStream(body))
          .getObjectValue(ChangeNotificationCollection::createFromDiscriminatorValue);
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }

  private static Subscription wanted(String resource, Endpoint endpoint) {
    Subscription wanted = new Subscription();
    wanted.setChangeType("created");
    wanted.setNotificationUrl(endpoint.url());
    wanted.setResource(resource);
    wanted.setClientState("whisper");
    wanted.setExpirationDateTime(OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(55));
    return wanted;
  }

  @Verified(year = 2026)
  void subscribedListedRenewedAndDeleted() throws Exception {
    GraphServiceClient client = server.graph().bearing("organizer");
    try (Endpoint endpoint = Endpoint.open()) {
      Subscription made =
          client.subscriptions().post(wanted("me/onlineMeetings/getAllRecordings", endpoint));
      try {
        assertThat(made.getClientState()).isEqualTo("whisper");
        var one = client.subscriptions().bySubscriptionId(made.getId());
        assertThat(one.get().getResource()).isEqualTo("me/onlineMeetings/getAllRecordings");
        assertThat(client.subscriptions().get().getValue())
            .extracting(Subscription::getId)
            .contains(made.getId());
        OffsetDateTime later = OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(59);
        Subscription renewal = new Subscription();
        renewal.setExpirationDateTime(later);
        assertThat(one.patch(renewal).getExpirationDateTime().toEpochSecond())
            .isEqualTo(later.toEpochSecond());
        one.reauthorize().post();
      } finally {
        client.subscriptions().bySubscriptionId(made.getId()).delete();
      }
      GraphErrors.refused(
          404,
          "ResourceNotFound",
          () -> client.subscriptions().bySubscriptionId(made.getId()).get());
    }
  }

  @Verified(year = 2026)
  void theSdkVerifiesAndDecryptsWhatIsToldAndFetchesTheContent() throws Exception {
    Path store = Files.createTempDirectory("notifications").resolve("key.p12");
    KeyStore keys = key(store);
    GraphServiceClient client = server.graph().bearing("app");
    try (Endpoint endpoint = Endpoint.open()) {
      Subscription wanted = wanted(EVERYTHING, endpoint);
      wanted.setIncludeResourceData(true);
      wanted.setEncryptionCertificateId("mine");
      wanted.setEncryptionCertificate(
          Base64.getEncoder().encodeToString(keys.getCertificate("mine").getEncoded()));
      Subscription made = client.subscriptions().post(wanted);
      try {
        byte[] film = film();
        String id = handOver(film);
        ChangeNotificationCollection told = endpoint.next();
        UUID app = UUID.fromString(server.ready().app("app").clientId());
        assertThat(
                TokenValidable.areTokensValid(
                    told,
                    List.of(UUID.fromString(server.ready().tenantId())),
                    List.of(app),
                    server.ready().http() + "/notifications/v1/keys"))
            .isTrue();
        ChangeNotification item = told.getValue().getFirst();
        assertThat(item.getClientState()).isEqualTo("whisper");
        CallRecording recording =
            DecryptableContent.decrypt(
                item.getEncryptedContent(),
                (certificateId, thumbprint) -> {
                  try {
                    return keys.getKey(certificateId, PASSWORD.toCharArray());
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                },
                CallRecording::createFromDiscriminatorValue);
        assertThat(recording.getId()).isEqualTo(id);
        Wire.Reply content = server.wire().get(item.getResource() + "/content").as("app").reply();
        assertThat(content.status()).isEqualTo(200);
        assertThat(content.body()).isEqualTo(film);
      } finally {
        client.subscriptions().bySubscriptionId(made.getId()).delete();
        Files.deleteIfExists(store);
        Files.deleteIfExists(store.getParent());
      }
    }
  }

  private byte[] film() {
    return server.wire().get(server.recording().byMe() + "/content").as("organizer").reply().body();
  }

  private String handOver(byte[] film) {
    Wire.Reply open =
        server
            .wire()
            .call("POST", server.ready().https() + "/intake/v1/recordings")
            .as("intake")
            .json(
                "{\"organizer\":\"%s\",\"subject\":\"Told\",\"size\":%d}"
                    .formatted(server.recording().organizer(), film.length))
            .reply();
    Wire.Reply kept =
        server.wire().call("PUT", open.json().path("uploadUrl").asText()).body(film).reply();
    assertThat(kept.status()).as(kept.text()).isEqualTo(201);
    return kept.json().path("id").asText();
  }

  private static KeyStore key(Path store) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "mine",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=subscriber",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }
}
