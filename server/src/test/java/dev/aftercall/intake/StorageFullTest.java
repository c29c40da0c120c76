package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.Stored;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.intake.IntakeServer.Reply;
import dev.aftercall.intake.RecorderClient.Session;
import dev.aftercall.jdbc.Database;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No room left: nothing acknowledged is lost, and the upload goes on once there is room. */
final class StorageFullTest {
  private static final byte[] SMALL = Samples.mp4(11, 1_000);
  private static final byte[] LARGE = Samples.mp4(12, 2_500_000);

  @TempDir Path folder;

  /** A store on a disk that can be full. */
  private static final class Full implements ContentStore {
    private final ContentStore disk;
    volatile boolean full;

    Full(ContentStore disk) {
      this.disk = disk;
    }

    @Override
    public void keep(ContentKey key, Path file) throws IOException {
      if (full) {
        throw new IOException(file + ": No space left on device");
      }
      disk.keep(key, file);
    }

    @Override
    public Optional<Content> open(ContentKey key) throws IOException {
      return disk.open(key);
    }

    @Override
    public InputStream read(ContentKey key, long offset, long length) throws IOException {
      return disk.read(key, offset, length);
    }

    @Override
    public boolean delete(ContentKey key) throws IOException {
      return disk.delete(key);
    }

    @Override
    public List<Stored> list(String after, int limit) throws IOException {
      return disk.list(after, limit);
    }

    @Override
    public Optional<Stored> stat(ContentKey key) throws IOException {
      return disk.stat(key);
    }

    @Override
    public Optional<String> quarantine(ContentKey key) throws IOException {
      return disk.quarantine(key);
    }

    @Override
    public void check() throws IOException {
      disk.check();
    }
  }

  @Test
  void aFullContentStoreAnswers507AndGoesOnLater() throws Exception {
    Full[] disk = new Full[1];
    try (IntakeServer server =
        new IntakeServer(
            folder,
            store -> {
              disk[0] = new Full(store);
              return disk[0];
            })) {
      JsonNode before = server.put(server.open(server.metadata()), SMALL, 0, SMALL.length).json();
      disk[0].full = true;
      String url = server.open(server.metadata());
      Reply refused = server.put(url, LARGE, 0, LARGE.length);
      assertThat(refused.status()).isEqualTo(507);
      assertThat(refused.json().path("error").path("code").asText())
          .isEqualTo("InsufficientStorage");
      assertThat(server.put(url, LARGE, 0, LARGE.length).status()).isEqualTo(507);
      assertThat(server.content(before)).isEqualTo(SMALL);

      disk[0].full = false;
      Reply done = server.put(url, LARGE, LARGE.length - 1, LARGE.length);
      assertThat(done.status()).isEqualTo(201);
      assertThat(server.content(done.json())).isEqualTo(LARGE);
      assertThat(server.content(before)).isEqualTo(SMALL);
    }
  }

  /**
   * A real refusal by the kernel that needs no privilege: the shell's limit on the length of files
   * (RLIMIT_FSIZE) fails a write half way, as a full disk does.
   */
  @Test
  void aWriteThatTheKernelRefusesIsTakenUpAgain() throws Exception {
    Session session = new Session("call", LARGE);
    try (HttpClient client = HttpClient.newHttpClient()) {
      JsonNode before;
      // In blocks of 512 bytes: 2 MB, which the empty catalogue and Java's own files stay below.
      String[] limited = {"/bin/sh", "-c", "ulimit -f 4000; exec \"$@\"", "sh"};
      try (ServerProcess server = ServerProcess.start(folder, limited)) {
        RecorderClient recorder = new RecorderClient(client, server, 1 << 20);
        before = recorder.handOver(new Session("small", SMALL));
        assertThat(refused(recorder, session).status).isEqualTo(507);
        assertThat(refused(recorder, session).status).isEqualTo(507);
        assertThat(recorder.content(before)).isEqualTo(SMALL);
      }
      assertThat(Files.size(onlyFileIn(folder.resolve("spool")))).isGreaterThan(1 << 20);
      try (ServerProcess server = ServerProcess.start(folder)) {
        RecorderClient recorder = new RecorderClient(client, server, 1 << 20);
        JsonNode receipt = recorder.handOver(session);
        assertThat(receipt.path("sha256").asText()).isEqualTo(Samples.sha256(LARGE));
        assertThat(recorder.content(receipt)).isEqualTo(LARGE);
        assertThat(recorder.content(before)).isEqualTo(SMALL);
      }
    }
  }

  /**
   * A file system of 5 MB that is really full. Only root may mount one; elsewhere the two tests
   * above stand for it and this one has nothing to look at.
   */
  @Test
  void aFullFileSystemIsTakenUpAgainOnceThereIsRoom() throws Exception {
    Path small = Files.createDirectories(folder.resolve("small"));
    if (!succeeds("mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", small.toString())) {
      System.out.println("StorageFullTest: no tmpfs, mounting is not permitted here");
      return;
    }
    try (Database database = Database.open(Database.Location.in(small))) {
      IntakeFixture house =
          new IntakeFixture(small, database, new DiskContentStore(small.resolve("content")));
      Intake intake = house.intake();
      Receipt before = house.handOver(intake, IntakeFixture.metadata(), SMALL);
      Path ballast = Files.write(small.resolve("ballast"), new byte[2_500_000]);

      IntakeFixture.refused(
          Kind.STORAGE_FULL,
          () ->
              intake.open(
                  house.recorder,
                  IntakeFixture.metadata().put("size", LARGE.length),
                  Optional.empty()));
      Intake.Progress open = house.open(intake);
      IntakeFixture.refused(
          Kind.STORAGE_FULL, () -> IntakeFixture.append(intake, open, 0, LARGE.length, LARGE));
      int received = (int) IntakeFixture.status(intake, open).received();
      assertThat(received).isBetween(1, LARGE.length - 1);
      assertThat(house.spooled(open)).hasSize(received);

      byte[] block = new byte[4_096];
      Path rest = small.resolve("rest");
      IOException full = null;
      try (var out = Files.newOutputStream(rest)) {
        while (true) {
          out.write(block);
        }
      } catch (IOException e) {
        full = e;
      }
      assertThat(full).hasMessageContaining("No space left");
      String large = "\n\n00:00.000 --> 00:01.000\nx".repeat(8_000);
      IntakeFixture.refused(
          Kind.STORAGE_FULL,
          () ->
              intake.open(
                  house.recorder,
                  IntakeFixture.metadata().put("transcript", "WEBVTT" + large),
                  Optional.empty()));
      Files.delete(rest);
      Files.delete(ballast);
      Receipt receipt =
          IntakeFixture.append(intake, open, received, LARGE.length, LARGE).receipt().orElseThrow();
      assertThat(receipt.sha256()).isEqualTo(Samples.sha256(LARGE));
      assertThat(house.find(before).orElseThrow().artifact()).isPresent();
    } finally {
      assertThat(succeeds("umount", small.toString())).isTrue();
    }
  }

  private static RecorderClient.Refused refused(RecorderClient recorder, Session session)
      throws Exception {
    try {
      throw new AssertionError("taken: " + recorder.handOver(session));
    } catch (RecorderClient.Refused e) {
      return e;
    }
  }

  private static Path onlyFileIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.reduce((one, two) -> folder).orElseThrow();
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // no such command
    }
  }
}
