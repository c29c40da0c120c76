package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.intake.Announcers.News;
import dev.aftercall.intake.RecorderClient.Session;
import dev.aftercall.jdbc.Database;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the server while it fetches what LiveKit, BigBlueButton, Zoom and a bucket announce,
 * and mirrors another tenant. What was not answered with yes is announced again, as recorders do.
 * Three rounds; {@code -Daftercall.test.kills=20} makes it twenty, {@code -Daftercall.test.seed}
 * repeats a run.
 */
final class FetchKillTest {
  private static final int ROUNDS = Integer.getInteger("aftercall.test.kills", 3);
  private static final long SEED = Long.getLong("aftercall.test.seed", 3_407L);
  private static final int AT_A_TIME = 12;
  private static final int COPIED = 3;

  /** For what takes longer than a client waits. */
  private static final int TRIES = 10;

  private static final String TRANSCRIPT = "WEBVTT\n";

  @TempDir Path dataDir;
  @TempDir Path remoteDir;

  private final Random random = new Random(SEED);
  private final Queue<News> unheard = new ConcurrentLinkedQueue<>();
  private final List<String> copied = new ArrayList<>();

  @Test
  void everyFileEndsReadyOrSetAsideNoneLostNoneDoubled() throws Exception {
    PushedFiles pushed = new PushedFiles(dataDir);
    try (Announcers announcers = new Announcers(SEED);
        HttpClient client = HttpClient.newHttpClient();
        ServerProcess remote = ServerProcess.start(remoteDir)) {
      List<String> settings = announcers.settings();
      settings.addAll(mirrored(remote.ready));
      List<String> sources = pushed.connect(settings);
      for (int round = 0; round < ROUNDS; round++) {
        record(client, remote);
        round(announcers, client, sources);
      }
      List<String> kept = new ArrayList<>(announcers.films());
      kept.addAll(copied);
      try (ServerProcess server = ServerProcess.start(dataDir, sources)) {
        boolean heard = send(client, server);
        for (int turn = 0; turn < TRIES && !heard; turn++) {
          heard = send(client, server);
        }
        assertThat(heard).as("seed " + SEED + ", all was heard").isTrue();
        awaitTheEnd(kept.size() + announcers.junk().size());
      }
      pushed.assertHolds(kept, announcers.junk());
    }
  }

  /** Follows that server, another tenant, into this one. */
  private static List<String> mirrored(JsonNode ready) {
    String tenant = ready.path("tenantId").asText();
    String base = ready.path("http").asText();
    JsonNode app = ready.path("apps").path("app");
    return List.of(
            "type=graph",
            "tenant=" + TestServer.TENANT,
            "url=" + base + "/v1.0",
            "plain-http=true",
            "key=" + app.path("clientId").asText(),
            "secret=" + app.path("clientSecret").asText(),
            "graph.tenant=" + tenant,
            "graph.login-url=" + base + "/" + tenant + "/oauth2/v2.0/token",
            "graph.every=10s",
            "graph.organizers=" + ready.path("users").path("organizer").asText())
        .stream()
        .map("intake.source.tenant."::concat)
        .toList();
  }

  /** The tenant that is mirrored has something new: recordings with transcripts. */
  private void record(HttpClient client, ServerProcess remote) throws Exception {
    RecorderClient recorder = new RecorderClient(client, remote, 1 << 20);
    for (int i = 0; i < COPIED; i++) {
      byte[] film = Samples.mp4(SEED * 1_000_000 + copied.size(), 100_000);
      handOver(recorder, new Session("call-" + copied.size(), film));
      copied.add(Samples.sha256(film));
      copied.add(Samples.sha256(TRANSCRIPT.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Nobody kills that server, but it may be slow. */
  private static void handOver(RecorderClient recorder, Session session) throws Exception {
    for (int turn = 0; ; turn++) {
      try {
        JsonNode _ = recorder.handOver(session);
        return;
      } catch (IOException e) {
        if (turn == TRIES) {
          throw e;
        }
      }
    }
  }

  private void round(Announcers announcers, HttpClient client, List<String> sources)
      throws Exception {
    while (unheard.size() < AT_A_TIME) {
      unheard.add(announcers.next());
    }
    ServerProcess server = ServerProcess.start(dataDir, sources);
    try {
      CompletableFuture<Void> killing =
          CompletableFuture.runAsync(
              server::kill,
              CompletableFuture.delayedExecutor(
                  100 + random.nextInt(3_000), TimeUnit.MILLISECONDS));
      boolean _ = send(client, server);
      killing.get(300, TimeUnit.SECONDS);
    } finally {
      server.kill();
    }
  }

  /** Sends what is left; whether all of it was heard. */
  private boolean send(HttpClient client, ServerProcess server) throws InterruptedException {
    for (News news = unheard.poll(); news != null; news = unheard.poll()) {
      try {
        HttpResponse<String> answer =
            client.send(news.request().apply(server.base()), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
            .as("seed " + SEED + ", " + news.id() + ": " + answer.body())
            .isEqualTo(200);
      } catch (IOException e) {
        unheard.add(news);
        return false; // killed
      }
    }
    return true;
  }

  private void awaitTheEnd(int files) throws IOException {
    try (Database database = Database.open(Database.Location.in(dataDir))) {
      Poll.until(
          "seed " + SEED + ": " + files + " arrivals at their end",
          Duration.ofMinutes(8),
          () ->
              database.<Integer>read(
                      handle ->
                          handle
                              .createQuery(
                                  "select count(*) from arrival"
                                      + " where state in ('ready', 'quarantined')")
                              .mapTo(Integer.class)
                              .one())
                  >= files);
    }
  }
}
