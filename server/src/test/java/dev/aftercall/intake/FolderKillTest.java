package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.arrival.Sources;
import dev.aftercall.change.Precondition;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.testing.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 while a watched folder fills: every film is in the archive once, and lies in {@code
 * done}; what is none lies in {@code failed} with its reason.
 */
final class FolderKillTest {
  private static final int ROUNDS = Integer.getInteger("aftercall.test.kills", 3);
  private static final long SEED = Long.getLong("aftercall.test.seed", 2_311L);
  private static final int JUNK = 7;

  @TempDir Path dataDir;
  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final TreeSet<String> films = new TreeSet<>();
  private final TreeSet<String> junk = new TreeSet<>();
  private final TreeSet<String> hashes = new TreeSet<>();

  @Test
  void everyFileEndsReadyOrSetAsideNoneLostNoneDoubled() throws Exception {
    Path sources = dataDir.resolve("sources.properties");
    try (ServerProcess first = ServerProcess.start(dataDir)) {
      JsonNode ready = first.ready;
      Files.writeString(
          sources,
          """
          intake.source.drop.type=folder
          intake.source.drop.tenant=%s
          intake.source.drop.folder=%s
          intake.source.drop.folder-settle=0s
          """
              .formatted(ready.path("tenantId").asText(), folder));
      first.kill();
      rule(ready);
    }
    for (int round = 0; round < ROUNDS; round++) {
      round(sources);
    }
    ServerProcess last = start(sources);
    try {
      Poll.until(
          "seed " + SEED + ": all put away",
          Duration.ofMinutes(5),
          () -> Stream.of("done", "failed").mapToInt(it -> there(it).size()).sum() >= expected());
      assertThat(there("done")).as("seed " + SEED).isEqualTo(films);
      TreeSet<String> aside = new TreeSet<>(junk);
      junk.forEach(name -> aside.add(name + ".reason.txt"));
      assertThat(there("failed")).as("seed " + SEED).isEqualTo(aside);
    } finally {
      last.kill();
    }
    assertThat(recorded()).as("seed " + SEED).containsExactlyElementsOf(hashes);
    assertThat(states()).containsExactlyInAnyOrderElementsOf(expectedStates());
  }

  private int expected() {
    return films.size() + 2 * junk.size();
  }

  private List<String> expectedStates() {
    List<String> states = new ArrayList<>();
    films.forEach(_ -> states.add("ready"));
    junk.forEach(_ -> states.add("quarantined"));
    return states;
  }

  private ServerProcess start(Path sources) throws IOException {
    return ServerProcess.start(dataDir, List.of("--sources", sources.toString()));
  }

  private void rule(JsonNode ready) throws IOException {
    try (Database database = Database.open(Database.Location.in(dataDir))) {
      new JdbcAssignmentRules(database)
          .put(
              UUID.fromString(ready.path("tenantId").asText()),
              Sources.rule(
                  "all", "*", UUID.fromString(ready.path("users").path("organizer").asText())),
              new Precondition.Always());
    }
  }

  /** Fills the folder while the server lives, which ends at an instant of chance. */
  private void round(Path sources) throws Exception {
    ServerProcess server = start(sources);
    AtomicBoolean killed = new AtomicBoolean();
    CompletableFuture<Void> killing =
        CompletableFuture.runAsync(
            () -> {
              server.kill();
              killed.set(true);
            },
            CompletableFuture.delayedExecutor(300 + random.nextInt(3_000), TimeUnit.MILLISECONDS));
    int begun = films.size() + junk.size();
    while (!killed.get() && films.size() + junk.size() < begun + 30) {
      write();
    }
    killing.get(60, TimeUnit.SECONDS);
  }

  private void write() throws IOException {
    int number = films.size() + junk.size();
    boolean film = number % JUNK != 0;
    String name = (number % 3 == 0 ? "room/" : "") + "%04d.mp4".formatted(number);
    byte[] bytes =
        film
            ? Samples.mp4(SEED * 1_000 + number, 20_000 + number * 50)
            : ("no film, number " + number).getBytes(StandardCharsets.UTF_8);
    Path unfinished = folder.resolve(name + ".part");
    Files.createDirectories(unfinished.resolveSibling("."));
    Files.write(unfinished, bytes);
    Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    if (film) {
      hashes.add(Samples.sha256(bytes));
      films.add(name);
    } else {
      junk.add(name);
    }
  }

  private Set<String> there(String below) {
    TreeSet<String> names = new TreeSet<>();
    Path root = folder.resolve(below);
    if (!Files.isDirectory(root)) {
      return names;
    }
    try (Stream<Path> all = Files.walk(root)) {
      // An empty file only holds a name for the moment.
      all.filter(file -> Files.isRegularFile(file) && file.toFile().length() > 0)
          .forEach(file -> names.add(root.relativize(file).toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private List<String> recorded() throws IOException {
    return strings("select sha256 from recording order by sha256");
  }

  private List<String> states() throws IOException {
    return strings("select state from arrival");
  }

  private List<String> strings(String sql) throws IOException {
    try (Database database = Database.open(Database.Location.in(dataDir))) {
      return database.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
  }
}
