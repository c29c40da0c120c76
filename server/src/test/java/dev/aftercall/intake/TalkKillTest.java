package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.arrival.Sources;
import dev.aftercall.testing.TalkRecordingServer;
import dev.aftercall.testing.TalkRecordingServer.Recording;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the server while Nextcloud Talk's recording server uploads, and a disk that is full.
 * Three rounds; {@code -Daftercall.test.kills=20} makes it twenty, {@code -Daftercall.test.seed}
 * repeats a run.
 */
final class TalkKillTest {
  private static final int ROUNDS = Integer.getInteger("aftercall.test.kills", 3);
  private static final long SEED = Long.getLong("aftercall.test.seed", 1_789L);
  private static final int SENDERS = 3;

  @TempDir Path dataDir;

  private final Random random = new Random(SEED);
  private final List<String> sent = new ArrayList<>();

  /** A recording and the random text of its request, which is the same each time it is tried. */
  private record Upload(Recording recording, String random) {}

  private Upload record(TalkRecordingServer talk, int size) {
    int number = sent.size();
    byte[] film = Samples.mp4(SEED * 1_000 + number, size);
    sent.add(Samples.sha256(film));
    String name = "Recording 2026-01-31 09-%02d-%02d.webm".formatted(number / 60, number % 60);
    return new Upload(new Recording("ab12cd34", "ada", name, film), talk.random());
  }

  @Test
  void everyFileIsThereOnce() throws Exception {
    PushedFiles pushed = new PushedFiles(dataDir);
    List<String> sources = pushed.connect("nextcloud-talk");
    try (HttpClient client = HttpClient.newHttpClient()) {
      TalkRecordingServer talk = new TalkRecordingServer(client, Sources.SECRET);
      Queue<Upload> left = new ConcurrentLinkedQueue<>();
      for (int round = 0; round < ROUNDS; round++) {
        while (left.size() < SENDERS * 2) {
          left.add(record(talk, 1_500_000));
        }
        round(sources, talk, left);
      }
      try (ServerProcess server = ServerProcess.start(dataDir, sources)) {
        for (Upload upload : left) {
          HttpResponse<String> answer =
              talk.upload(server.base(), upload.recording(), upload.random());
          assertThat(answer.statusCode()).as("seed " + SEED + answer.body()).isEqualTo(200);
        }
      }
    }
    pushed.assertHolds(sent);
  }

  private void round(List<String> sources, TalkRecordingServer talk, Queue<Upload> left)
      throws Exception {
    ServerProcess server = ServerProcess.start(dataDir, sources);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> sending = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        sending.add(CompletableFuture.runAsync(() -> send(server, talk, left), threads));
      }
      CompletableFuture.runAsync(
              server::kill,
              CompletableFuture.delayedExecutor(50 + random.nextInt(700), TimeUnit.MILLISECONDS))
          .get(300, TimeUnit.SECONDS);
      for (CompletableFuture<Void> sender : sending) {
        sender.get(300, TimeUnit.SECONDS);
      }
    } finally {
      server.kill();
    }
  }

  private static void send(ServerProcess server, TalkRecordingServer talk, Queue<Upload> left) {
    for (Upload upload = left.poll(); upload != null; upload = left.poll()) {
      try {
        HttpResponse<String> answer =
            talk.upload(server.base(), upload.recording(), upload.random());
        if (answer.statusCode() != 200) {
          throw new AssertionError("seed " + SEED + ": " + answer.body());
        }
      } catch (IOException e) {
        left.add(upload);
        return; // killed
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The kernel's limit on the length of files stands for a full disk, as in StorageFullTest. */
  @Test
  void aFullDiskIsToldAndTheFileIsTakenLater() throws Exception {
    PushedFiles pushed = new PushedFiles(dataDir);
    List<String> sources = pushed.connect("nextcloud-talk");
    try (HttpClient client = HttpClient.newHttpClient()) {
      TalkRecordingServer talk = new TalkRecordingServer(client, Sources.SECRET);
      Upload upload = record(talk, 2_200_000);
      String[] limited = {"/bin/sh", "-c", "ulimit -f 4000; exec \"$@\"", "sh"};
      try (ServerProcess server = ServerProcess.start(dataDir, sources, limited)) {
        assertThat(talk.upload(server.base(), upload.recording(), upload.random()).statusCode())
            .isEqualTo(507);
      }
      try (ServerProcess server = ServerProcess.start(dataDir, sources)) {
        assertThat(talk.upload(server.base(), upload.recording(), upload.random()).statusCode())
            .isEqualTo(200);
      }
    }
    pushed.assertHolds(sent);
  }
}
