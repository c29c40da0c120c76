package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.intake.RecorderClient.Session;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import dev.aftercall.testing.WebhookReceiver.Got;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of a server while it tells receivers that fail in every way. Two rounds; {@code
 * -Daftercall.test.kills=20} makes it twenty, {@code -Daftercall.test.seed} chooses the instants.
 */
final class NotificationKillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = Integer.getInteger("aftercall.test.kills", 2);
  private static final long SEED = Long.getLong("aftercall.test.seed", 2_026L);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String EVERYTHING = "communications/onlineMeetings/getAllRecordings";
  private static final String OWN = "me/onlineMeetings/getAllRecordings";

  @TempDir Path dataDir;

  private final Random random = new Random(SEED);
  private final Map<String, Hearer> hearers = new LinkedHashMap<>();
  private final Set<String> handedOver = new HashSet<>();
  private int films;

  @AfterEach
  void close() {
    hearers.values().forEach(Hearer::close);
  }

  @Test
  void everybodyWhoMayHearDoesAndNobodyElse() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      ServerProcess first = ServerProcess.start(dataDir);
      try (first) {
        String person = first.ready.path("users").path("organizer").asText();
        subscribe(client, first, "app", EVERYTHING, new Hearer().failing(Behaviour.resetting()));
        subscribe(client, first, "organizer", OWN, new Hearer().failing(Behaviour.hanging()));
        subscribe(
            client,
            first,
            "app",
            "users/" + person + "/onlineMeetings/getAllTranscripts",
            new Hearer().failing(Behaviour.status(429, "Retry-After: 1")));
        subscribe(
            client,
            first,
            "app",
            "communications/onlineMeetings/getAllTranscripts",
            new Hearer().failing(Behaviour.dripping()));
        subscribe(client, first, "appWithoutPolicy", EVERYTHING, new Hearer().taking());
        subscribe(client, first, "outsider", OWN, new Hearer().taking());
        refuseTheWrongToken(client, first);
      }
      List<Session> unfinished = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        round(client, unfinished);
      }
      try (ServerProcess last = ServerProcess.start(dataDir)) {
        RecorderClient recorder = new RecorderClient(client, last, 64 * 1024);
        for (Session session : unfinished) {
          handedOver.add(recorder.handOver(session).path("id").asText());
        }
        hearers.values().forEach(Hearer::taking);
        judge();
      }
    }
    System.out.printf(
        "%d rounds of kill -9, %d recordings, %s notifications%n",
        ROUNDS, handedOver.size(), hearers.values().stream().map(it -> it.taken.size()).toList());
  }

  /** Somebody who is told: what they took, and how they answer. */
  private static final class Hearer implements AutoCloseable {
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();

    /** Every other time as it must be, else alternately 500 and as is said. */
    private Hearer failing(Behaviour otherwise) {
      receiver.answering(
          (request, connection, closed) -> {
            int call = calls.getAndIncrement();
            if (call % 2 == 1) {
              take(request, connection, closed);
            } else {
              (call % 4 == 0 ? otherwise : Behaviour.status(500))
                  .answer(request, connection, closed);
            }
          });
      return this;
    }

    private Hearer taking() {
      receiver.answering(this::take);
      return this;
    }

    private void take(Got request, Socket connection, CountDownLatch closed) throws Exception {
      for (JsonNode item : request.json().path("value")) {
        taken.add(item.path("resourceData").path("id").asText());
      }
      Behaviour.status(202).answer(request, connection, closed);
    }

    @Override
    public void close() {
      receiver.close();
    }
  }

  private void subscribe(
      HttpClient client, ServerProcess server, String who, String resource, Hearer hearer)
      throws Exception {
    hearers.put(who + " " + resource, hearer);
    HttpResponse<String> made = post(client, server, who, resource, hearer.receiver.url("/hook"));
    assertThat(made.statusCode()).as("%s", made.body()).isEqualTo(201);
  }

  private void refuseTheWrongToken(HttpClient client, ServerProcess server) throws Exception {
    try (WebhookReceiver wrong =
        new WebhookReceiver().validating(Behaviour.text(200, "text/plain", "another token"))) {
      assertThat(post(client, server, "attendee", OWN, wrong.url("/hook")).statusCode())
          .isEqualTo(400);
    }
  }

  private static HttpResponse<String> post(
      HttpClient client, ServerProcess server, String who, String resource, String url)
      throws IOException, InterruptedException {
    String body =
        JSON.createObjectNode()
            .put("changeType", "created")
            .put("notificationUrl", url)
            .put("resource", resource)
            .put("expirationDateTime", Instant.now().plus(Duration.ofMinutes(55)).toString())
            .toString();
    return client.send(
        HttpRequest.newBuilder(URI.create(server.base() + "/v1.0/subscriptions"))
            .header("Authorization", "Bearer " + server.token(who))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private void round(HttpClient client, List<Session> unfinished) throws Exception {
    ServerProcess server = ServerProcess.start(dataDir);
    RecorderClient recorder = new RecorderClient(client, server, 64 * 1024);
    // Some are here already; where in its work the last one is met, chance decides.
    int whole = random.nextInt(4);
    boolean alive = true;
    for (int i = 0; alive; i++) {
      if (i == whole) {
        CompletableFuture.delayedExecutor(random.nextInt(400), TimeUnit.MILLISECONDS)
            .execute(server::kill);
      }
      Session session =
          unfinished.isEmpty()
              ? new Session("film-" + films, Samples.mp4(SEED + films++, 1_000))
              : unfinished.removeFirst();
      try {
        handedOver.add(recorder.handOver(session).path("id").asText());
      } catch (IOException e) {
        unfinished.add(session); // It was killed; whether it was kept, the next one says.
        alive = false;
      }
    }
    server.kill();
  }

  private void judge() {
    hearers.forEach(
        (who, hearer) -> {
          if (who.endsWith("getAllTranscripts")) {
            until(who, () -> hearer.taken.size() == handedOver.size());
          } else if (!deaf(who)) {
            until(who, () -> hearer.taken.containsAll(handedOver));
            assertThat(hearer.taken).as(who).isEqualTo(handedOver);
          }
        });
    hearers.forEach(
        (who, hearer) -> {
          if (deaf(who)) {
            assertThat(hearer.receiver.items()).as(who).isEmpty();
          }
        });
  }

  private static void until(String who, Callable<Boolean> heard) {
    Poll.until(who + " hears of each, seed " + SEED, PATIENCE, heard);
  }

  private static boolean deaf(String who) {
    return who.startsWith("appWithoutPolicy") || who.startsWith("outsider");
  }
}
