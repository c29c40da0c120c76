package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.change.Versioned;
import dev.aftercall.intake.RecorderClient.Session;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcArchives;
import dev.aftercall.jdbc.JdbcPolicies;
import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.journal.Verification;
import dev.aftercall.journal.Verification.Result;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.Policy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 while clients read and an administrator rules: every answer that one of them got is in
 * the journal, once, no rule is there that the journal does not know of, and the chain holds. Three
 * rounds; {@code -Daftercall.test.kills=20} makes it twenty.
 */
final class JournalKillTest {
  private static final int ROUNDS = Integer.getInteger("aftercall.test.kills", 3);
  private static final long SEED = Long.getLong("aftercall.test.seed", 1_789L);
  private static final int READERS = 4;
  private static final String POLICIES = "/admin/v1/policies/";
  private static final String MADE = "made-";

  @TempDir Path dataDir;

  private final Random random = new Random(SEED);

  /** The request-ids that clients got, with whether it was a refusal. */
  private final Map<String, Boolean> answered = new ConcurrentHashMap<>();

  private final AtomicInteger made = new AtomicInteger();

  @Test
  void everyAnswerIsInTheJournalOnceAndTheChainHolds() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      JsonNode receipt;
      try (ServerProcess server = ServerProcess.start(dataDir)) {
        byte[] film = Samples.mp4(SEED, 60_000);
        receipt = new RecorderClient(client, server, 32 * 1024).handOver(new Session("film", film));
        makePolicy(client, server);
      }
      for (int round = 0; round < ROUNDS; round++) {
        round(client, receipt);
      }
    }
    // Takes up what the killed ones left.
    ServerProcess.start(dataDir).close();
    try (Database database = Database.open(Database.Location.in(dataDir))) {
      JdbcArchives store = new JdbcArchives(database);
      Chain.Head head = store.heads().getFirst();
      assertThat(
              new Verification(store, Optional.empty(), List.of(), chain -> {})
                  .verify(head.tenant(), Chain.START))
          .as("seed " + SEED)
          .isInstanceOf(Result.Intact.class);
      List<Entry> entries = entries(store, head.tenant());
      compare(entries);
      List<String> targets = entries.stream().map(Entry::target).toList();
      List<Policy> made =
          new JdbcPolicies(database)
              .list(head.tenant(), Paging.ALL).items().stream()
                  .map(Versioned::value)
                  .filter(policy -> policy.name().startsWith(MADE))
                  .toList();
      assertThat(made).isNotEmpty();
      assertThat(made)
          .as("seed " + SEED)
          .allMatch(policy -> targets.contains("PUT " + POLICIES + policy.name()));
    }
    System.out.printf("%d rounds of kill -9, %d answers, none lost%n", ROUNDS, answered.size());
  }

  private static List<Entry> entries(JdbcArchives store, UUID tenant) {
    List<Entry> entries = new ArrayList<>();
    List<Chain.Link> page = store.after(tenant, 0, 5_000);
    while (!page.isEmpty()) {
      page.forEach(link -> entries.add(link.written().entry()));
      page = store.after(tenant, page.getLast().sequence(), 5_000);
    }
    return entries;
  }

  private void compare(List<Entry> entries) {
    Map<String, Integer> decisions = new HashMap<>();
    Map<String, Integer> ends = new HashMap<>();
    for (Entry entry : entries) {
      Map<String, Integer> which = entry.delivery().status() == 0 ? decisions : ends;
      which.merge(entry.requestId() + entry.allowed(), 1, Integer::sum);
    }
    assertThat(decisions.values()).as("seed " + SEED).containsOnly(1);
    assertThat(ends.values()).as("seed " + SEED).allMatch(count -> count == 1);
    assertThat(answered).isNotEmpty();
    answered.forEach(
        (request, refused) ->
            assertThat(decisions).as("seed " + SEED).containsKey(request + !refused));
  }

  private void round(HttpClient client, JsonNode receipt) throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    ServerProcess server = ServerProcess.start(dataDir);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> reading = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int number = i;
        reading.add(
            CompletableFuture.runAsync(
                () -> read(client, server, receipt, number, killed), threads));
      }
      reading.add(CompletableFuture.runAsync(() -> rule(client, server, killed), threads));
      CompletableFuture.runAsync(
              () -> {
                killed.set(true);
                server.kill();
              },
              CompletableFuture.delayedExecutor(200 + random.nextInt(1_200), TimeUnit.MILLISECONDS))
          .get(60, TimeUnit.SECONDS);
      for (CompletableFuture<Void> one : reading) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      server.kill();
    }
  }

  private void rule(HttpClient client, ServerProcess server, AtomicBoolean killed) {
    while (!killed.get()) {
      try {
        makePolicy(client, server);
      } catch (IOException e) {
        return; // It was killed.
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void makePolicy(HttpClient client, ServerProcess server)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.base() + POLICIES + MADE + made.incrementAndGet()))
            .header("Authorization", "Bearer " + server.token("manager"))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .PUT(HttpRequest.BodyPublishers.ofString("{\"appIds\":[]}"))
            .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(201);
    answered.put(answer.headers().firstValue("request-id").orElseThrow(), false);
  }

  private void read(
      HttpClient client, ServerProcess server, JsonNode receipt, int number, AtomicBoolean killed) {
    String item =
        server.base()
            + "/v1.0/me/onlineMeetings/"
            + receipt.path("meetingId").asText()
            + "/recordings/"
            + receipt.path("id").asText();
    boolean refused = number == 0;
    String path = number == 1 ? item : item + "/content";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(path))
            .header("Authorization", "Bearer " + server.token(refused ? "outsider" : "organizer"))
            .timeout(Duration.ofSeconds(30))
            .build();
    while (!killed.get()) {
      try {
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(refused ? 403 : 200);
        answered.put(answer.headers().firstValue("request-id").orElseThrow(), refused);
      } catch (IOException e) {
        return; // It was killed.
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
