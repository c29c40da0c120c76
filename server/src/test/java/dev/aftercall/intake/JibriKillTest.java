package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.arrival.Sources;
import dev.aftercall.testing.JibriHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the server, or of the script, while Jibri's files come in; and a disk that is full.
 * Three rounds; {@code -Daftercall.test.kills=20} makes it twenty, {@code -Daftercall.test.seed}
 * repeats a run.
 */
final class JibriKillTest {
  private static final int ROUNDS = Integer.getInteger("aftercall.test.kills", 3);
  private static final long SEED = Long.getLong("aftercall.test.seed", 1_789L);
  private static final int FILMS = 3;
  private static final String METADATA = JibriHost.metadata("https://meet.example.org/Weekly");

  @TempDir Path dataDir;
  @TempDir Path host;

  private final Random random = new Random(SEED);
  private final List<String> sent = new ArrayList<>();

  private Path record(JibriHost jibri, int size) {
    int number = sent.size();
    byte[] film = Samples.mp4(SEED * 1_000 + number, size);
    sent.add(Samples.sha256(film));
    String name = "weekly_2026-01-31-09-%02d-%02d.mp4".formatted(number / 60, number % 60);
    return jibri.session("session-" + number, name, film, METADATA);
  }

  private CompletableFuture<Void> soon(int most, Runnable what) {
    return CompletableFuture.runAsync(
        what, CompletableFuture.delayedExecutor(random.nextInt(most), TimeUnit.MILLISECONDS));
  }

  @Test
  void everyFileIsThereOnceWhoeverDies() throws Exception {
    PushedFiles pushed = new PushedFiles(dataDir);
    List<String> sources = pushed.connect("jibri");
    JibriHost jibri = new JibriHost(host, Sources.SECRET).configure("http://127.0.0.1:1");
    List<Process> running = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      try (ServerProcess server = ServerProcess.start(dataDir, sources)) {
        jibri.configure(server.base(), "FRAGMENT_MIB=1");
        for (int film = 1; film < FILMS; film++) {
          running.add(jibri.start(record(jibri, 3_000_000 + film).toString()));
        }
        Process script = jibri.start(record(jibri, 3_000_000).toString());
        running.add(script);
        if (round % 2 == 0) {
          soon(1_500, server::kill).get(300, TimeUnit.SECONDS);
        } else {
          soon(800, () -> killAll(script)).get(300, TimeUnit.SECONDS);
          // The server goes down in peace, once the sender that may live on has had its say.
        }
      }
    }
    try (ServerProcess server = ServerProcess.start(dataDir, sources)) {
      jibri.configure(server.base(), "RECORDINGS=" + jibri.recordings());
      for (Process script : running) {
        script.onExit().get(300, TimeUnit.SECONDS);
      }
      int status = 75;
      for (int turn = 0; turn < 100 && !(status == 0 && acknowledged(jibri)); turn++) {
        status = jibri.run("--retry").status();
      }
      jibri.settle();
      assertThat(acknowledged(jibri)).as("seed " + SEED + "\n" + jibri.log()).isTrue();
      assertThat(jibri.files(".aside.json")).isEmpty();
      assertThat(jibri.queued()).isZero();
    }
    pushed.assertHolds(sent);
  }

  private boolean acknowledged(JibriHost jibri) {
    return jibri.files(".receipt.json").size() == sent.size();
  }

  private static void killAll(Process script) {
    script.descendants().forEach(ProcessHandle::destroyForcibly);
    script.destroyForcibly();
  }

  /** The kernel's limit on the length of files stands for a full disk, as in StorageFullTest. */
  @Test
  void aFullDiskIsTriedAgain() throws Exception {
    PushedFiles pushed = new PushedFiles(dataDir);
    List<String> sources = pushed.connect("jibri");
    JibriHost jibri = new JibriHost(host, Sources.SECRET).configure("http://127.0.0.1:1");
    Path session = record(jibri, 2_500_000);
    String[] limited = {"/bin/sh", "-c", "ulimit -f 4000; exec \"$@\"", "sh"};
    try (ServerProcess server = ServerProcess.start(dataDir, sources, limited)) {
      jibri.configure(server.base());
      JibriHost.Ended ended = jibri.run(session.toString());
      assertThat(ended.status()).as(ended.output()).isEqualTo(75);
      assertThat(ended.output()).contains("507", "no room");
    }
    try (ServerProcess server = ServerProcess.start(dataDir, sources)) {
      jibri.configure(server.base());
      assertThat(jibri.run("--retry").status()).as(jibri.log()).isZero();
    }
    pushed.assertHolds(sent);
    assertThat(read(session)).contains(sent.getFirst());
  }

  private static String read(Path session) throws IOException {
    try (var files = Files.list(session)) {
      Path receipt = files.filter(it -> it.toString().endsWith(".receipt.json")).findFirst().get();
      return Files.readString(receipt);
    }
  }
}
