package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.intake.RecorderClient.Session;
import dev.aftercall.jdbc.Database;
import dev.aftercall.media.ContainerProbe;
import dev.aftercall.media.ProbeResult;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 while recordings come in, over HTTP and by {@code import}. Five rounds; {@code
 * -Daftercall.test.kills=20} makes it twenty, {@code -Daftercall.test.seed} repeats a run.
 */
final class KillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = Integer.getInteger("aftercall.test.kills", 5);
  private static final long SEED = Long.getLong("aftercall.test.seed", 1_789L);
  private static final int SENDERS = 3;
  private static final int SLICE = 16 * 1024;

  /** Every so many hand-overs are of a transcript alone. */
  private static final int TRANSCRIPTS = 3;

  @TempDir Path dataDir;

  private final Random random = new Random(SEED);
  private final AtomicInteger files = new AtomicInteger();
  private final Queue<Session> unfinished = new ConcurrentLinkedQueue<>();

  /** What was acknowledged: the receipt by the hash of the file it was given for. */
  private final Map<String, JsonNode> acknowledged = new ConcurrentHashMap<>();

  @Test
  void nothingAcknowledgedIsLostAndNothingHalfIsSeen(@TempDir Path imports) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int round = 0; round < ROUNDS; round++) {
        round(client, imports.resolve(round + ".mp4"));
      }
      try (ServerProcess server = ServerProcess.start(dataDir)) {
        RecorderClient recorder = new RecorderClient(client, server, SLICE);
        for (Session session : unfinished) {
          JsonNode receipt = recorder.handOver(session);
          acknowledged.put(Samples.sha256(session.file), receipt);
        }
        for (int round = 0; round < ROUNDS; round++) {
          Path file = imports.resolve(round + ".mp4");
          String said = importing(server, file).get(60, TimeUnit.SECONDS);
          acknowledged.put(Samples.sha256(Files.readAllBytes(file)), JSON.readTree(said));
        }
        for (Map.Entry<String, JsonNode> entry : acknowledged.entrySet()) {
          JsonNode receipt = entry.getValue();
          assertThat(receipt.path("sha256").asText()).as("seed " + SEED).isEqualTo(entry.getKey());
          assertThat(recorder.metadata(receipt).path("id")).isEqualTo(receipt.path("id"));
          assertThat(Samples.sha256(recorder.content(receipt))).isEqualTo(entry.getKey());
        }
        assertThat(acknowledged).hasSize(files.get());
      }
    }
    assertEveryVisibleRecordingIsWhole();
  }

  /** One life of the server, ended at an instant of chance, and of an import beside it. */
  private void round(HttpClient client, Path toImport) throws Exception {
    Files.write(toImport, film());
    Queue<Session> left = new ConcurrentLinkedQueue<>(unfinished);
    unfinished.clear();
    AtomicBoolean killed = new AtomicBoolean();
    ServerProcess server = ServerProcess.start(dataDir);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<String> importing = importing(server, toImport, killAfter(1_500));
      List<CompletableFuture<Void>> sending = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        sending.add(CompletableFuture.runAsync(() -> send(client, server, left, killed), threads));
      }
      CompletableFuture.runAsync(
              () -> {
                killed.set(true);
                server.kill();
              },
              killAfter(1_500))
          .get(60, TimeUnit.SECONDS);
      for (CompletableFuture<Void> sender : sending) {
        sender.get(60, TimeUnit.SECONDS);
      }
      String said = importing.get(60, TimeUnit.SECONDS);
      if (!said.isEmpty()) {
        JsonNode receipt = JSON.readTree(said);
        acknowledged.put(receipt.path("sha256").asText(), receipt);
      }
    } finally {
      server.kill();
    }
    unfinished.addAll(left);
  }

  private Executor killAfter(int millis) {
    return CompletableFuture.delayedExecutor(100 + random.nextInt(millis), TimeUnit.MILLISECONDS);
  }

  private byte[] film() {
    int number = files.incrementAndGet();
    return Samples.mp4(SEED * 1_000 + number, 20_000 + number * 500);
  }

  private byte[] next() {
    int number = files.incrementAndGet();
    if (number % TRANSCRIPTS == 0) {
      String note = "NOTE %d of %d%n".formatted(number, SEED);
      return ("WEBVTT\n\n" + note.repeat(1_500)).getBytes(StandardCharsets.UTF_8);
    }
    return Samples.mp4(SEED * 1_000 + number, 20_000 + number * 500);
  }

  private void send(
      HttpClient client, ServerProcess server, Queue<Session> left, AtomicBoolean killed) {
    RecorderClient recorder = new RecorderClient(client, server, SLICE);
    while (!killed.get()) {
      Session session = left.poll();
      if (session == null) {
        byte[] file = next();
        session = new Session("call-" + Samples.sha256(file), file);
      }
      try {
        JsonNode receipt = recorder.handOver(session);
        acknowledged.put(Samples.sha256(session.file), receipt);
      } catch (RecorderClient.Refused e) {
        throw new AssertionError("seed " + SEED, e);
      } catch (IOException e) {
        unfinished.add(session);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Runs {@code import}; empty when it was killed before it said anything. */
  private CompletableFuture<String> importing(ServerProcess server, Path file, Executor killer)
      throws IOException {
    Process process = importProcess(server, file);
    CompletableFuture<Process> killed =
        CompletableFuture.supplyAsync(process::destroyForcibly, killer);
    return said(process).thenCombine(killed, (said, gone) -> said);
  }

  private CompletableFuture<String> importing(ServerProcess server, Path file) throws IOException {
    return said(importProcess(server, file));
  }

  private Process importProcess(ServerProcess server, Path file) throws IOException {
    return new ProcessBuilder(
            ServerProcess.java(
                "import",
                file.toString(),
                "--data",
                dataDir.toString(),
                "--tenant",
                server.ready.path("tenantId").asText(),
                "--organizer",
                server.ready.path("users").path("organizer").asText(),
                "--output",
                "json"))
        .redirectError(ProcessBuilder.Redirect.appendTo(dataDir.resolve("import-log.txt").toFile()))
        .start();
  }

  private static CompletableFuture<String> said(Process process) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (var out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return said.strip().endsWith("}") ? said : "";
          } catch (IOException e) {
            return "";
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private record Row(UUID tenant, UUID artifact, String sha256, boolean film) {}

  private static List<Row> rows(Handle handle) {
    return handle
        .createQuery(
            "select tenant_id, artifact_id, sha256, 1 as film from recording"
                + " union all select tenant_id, artifact_id, sha256, 0 from transcript")
        .map(
            (row, context) ->
                new Row(
                    UUID.fromString(row.getString("tenant_id")),
                    UUID.fromString(row.getString("artifact_id")),
                    row.getString("sha256"),
                    row.getInt("film") == 1))
        .list();
  }

  private void assertEveryVisibleRecordingIsWhole() throws IOException {
    DiskContentStore contents = new DiskContentStore(dataDir.resolve("content"));
    Set<String> known = new HashSet<>();
    try (Database database = Database.open(Database.Location.in(dataDir))) {
      for (Row row : database.read(KillTest::rows)) {
        ContentKey key = new ContentKey(row.tenant(), row.artifact());
        known.add(key.path());
        Content.OnDisk content = (Content.OnDisk) contents.open(key).orElseThrow();
        assertThat(Samples.sha256(Files.readAllBytes(content.file()))).isEqualTo(row.sha256());
        if (row.film()) {
          try (FileChannel channel = FileChannel.open(content.file())) {
            assertThat(new ContainerProbe().probe(channel)).isInstanceOf(ProbeResult.Media.class);
          }
        }
      }
    }
    assertThat(filesBelow(dataDir.resolve("content"))).isEqualTo(known);
    assertThat(filesBelow(dataDir.resolve("spool"))).isEmpty();
    assertThat(filesBelow(dataDir.resolve("quarantine"))).isEmpty();
  }

  private static Set<String> filesBelow(Path folder) throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString()));
    }
    return names;
  }
}
