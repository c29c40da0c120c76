package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.jdbc.Database;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of {@code aftercall retention run} while it purges. Three rounds; {@code
 * -Daftercall.test.kills=20} makes it twenty, {@code -Daftercall.test.seed} repeats a run.
 */
final class PurgeKillTest {
  private static final int ROUNDS = Integer.getInteger("aftercall.test.kills", 3);
  private static final long SEED = Long.getLong("aftercall.test.seed", 93L);
  private static final int A_ROUND = 40;
  private static final int KEPT = 5;

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  @Test
  void neitherBytesNorRowsAreLeftBehind() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (HttpClient client = HttpClient.newHttpClient();
        ServerProcess server = ServerProcess.start(data)) {
      RecorderClient recorder = new RecorderClient(client, server, 64 * 1024);
      for (int i = 0; i < ROUNDS * A_ROUND + KEPT; i++) {
        byte[] film = Samples.mp4(SEED * 10_000 + i, 1_000);
        JsonNode receipt = recorder.handOver(new RecorderClient.Session("call-" + i, film));
        assertThat(receipt.path("sha256").asText()).isEqualTo(Samples.sha256(film));
      }
    }
    Path config = config(data);
    int deaths = 0;
    for (int round = 0; round < ROUNDS; round++) {
      moveToTrash(data, A_ROUND);
      Process run = run(config);
      waitForFirst(data, run, random.nextInt(A_ROUND));
      deaths += run.isAlive() ? 1 : 0;
      run.destroyForcibly().onExit().get(60, TimeUnit.SECONDS);
      assertNoBytesWithoutARow(data);
    }
    Process last = run(config);
    // Half of all is left to it, each with its own commits.
    assertThat(last.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).as(log()).isZero();
    assertNoBytesWithoutARow(data);
    try (Database database = Database.open(Database.Location.in(data))) {
      assertThat(count(database, "recording")).isEqualTo(KEPT);
      assertThat(count(database, "trash")).isZero();
      assertThat(count(database, "disposal")).isEqualTo(ROUNDS * A_ROUND);
      assertThat(count(database, "(select distinct artifact_id from disposal) d"))
          .isEqualTo(ROUNDS * A_ROUND);
    }
    // Each came with a transcript, which nobody deleted.
    assertThat(files(data)).hasSize(KEPT + ROUNDS * A_ROUND + KEPT);
    System.out.printf("%d of %d purges were killed under way, seed %d%n", deaths, ROUNDS, SEED);
    assertThat(deaths).as("kills that met a purge, seed " + SEED).isPositive();
  }

  private Path config(Path data) throws IOException {
    return Files.writeString(
        folder.resolve("aftercall.properties"),
        """
        data-dir=%s
        retention.trash-period=0s
        retention.largest-run=100
        """
            .formatted(data));
  }

  /** As somebody who deletes them; in one transaction, for the clock is the process's own. */
  private static void moveToTrash(Path data, int count) {
    try (Database database = Database.open(Database.Location.in(data))) {
      database.write(
          handle -> {
            List<String> live =
                handle
                    .createQuery(
                        "select artifact_id from recording where removed = 0"
                            + " order by artifact_id limit :count")
                    .bind("count", count)
                    .mapTo(String.class)
                    .list();
            for (String artifact : live) {
              handle.execute(
                  "insert into trash (artifact_id, kind, tenant_id, removed_ticks, reason,"
                      + " removed_by, rule, phase) select artifact_id, 'recording', tenant_id, 1,"
                      + " 'deleted', 'somebody', '', 'kept' from recording where artifact_id = ?",
                  artifact);
              handle.execute(
                  "update recording set removed = 1, held_in = 'trash' where artifact_id = ?",
                  artifact);
            }
            return live.size();
          });
    }
  }

  private Process run(Path config) throws IOException {
    File log = folder.resolve("log.txt").toFile();
    return new ProcessBuilder(
            ServerProcess.java("retention", "run", "--confirm", "--config", config.toString()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .redirectError(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log.txt"), StandardCharsets.UTF_8);
  }

  /** Until so many files are gone, or the process ended by itself. */
  private static void waitForFirst(Path data, Process run, int gone) throws IOException {
    int before = files(data).size();
    while (run.isAlive() && files(data).size() > before - gone - 1) {
      Thread.onSpinWait();
    }
  }

  private static void assertNoBytesWithoutARow(Path data) throws IOException {
    Set<String> bytes = files(data);
    try (Database database = Database.open(Database.Location.in(data))) {
      Set<String> rows =
          new HashSet<>(
              database.read(
                  handle ->
                      handle
                          .createQuery(
                              "select artifact_id from recording"
                                  + " union select artifact_id from transcript")
                          .mapTo(String.class)
                          .list()));
      assertThat(rows).as("seed " + SEED).containsAll(bytes);
    }
  }

  /** What lies there; a file that the purge takes away meanwhile is gone, and no fault. */
  private static Set<String> files(Path data) throws IOException {
    Set<String> names = new HashSet<>();
    Files.walkFileTree(
        data.resolve("content"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            names.add(String.valueOf(file.getFileName()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return names;
  }

  private static int count(Database database, String table) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }
}
