package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.jdbc.Database;
import dev.aftercall.repair.Ffmpeg;
import dev.aftercall.repair.Repair;
import dev.aftercall.testing.Poll;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the server while ffmpeg draws. Every film has one colour, so that a picture tells
 * whose it is. Two rounds; {@code -Daftercall.test.kills=20} makes it twenty, {@code
 * -Daftercall.test.seed} repeats a run.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class PictureKillTest {
  private static final int ROUNDS = Integer.getInteger("aftercall.test.kills", 2);
  private static final long SEED = Long.getLong("aftercall.test.seed", 640L);
  private static final int A_ROUND = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> PREVIEWS = List.of("--previews", "1");

  @TempDir Path dataDir;
  @TempDir Path bin;

  private final Random random = new Random(SEED);
  private final List<Film> films = new ArrayList<>();
  private Ffmpeg ffmpeg;

  /** A recording that was acknowledged, all of one colour. */
  private record Film(JsonNode receipt, Color color) {}

  @BeforeEach
  void find() {
    Optional<Ffmpeg> found = Repair.find(Optional.empty());
    assumeTrue(found.isPresent(), "ffmpeg is not installed on this machine");
    ffmpeg = found.orElseThrow();
  }

  @Test
  void everyRecordingHasItsPicturesInTheEnd() throws Exception {
    int deaths = 0;
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int round = 0; round < ROUNDS; round++) {
        ServerProcess server = ServerProcess.start(dataDir, PREVIEWS);
        try {
          RecorderClient recorder = new RecorderClient(client, server, 1 << 20);
          for (int i = 0; i < A_ROUND; i++) {
            films.add(handOver(recorder));
          }
          Poll.until(
              "it draws, or is through with it",
              PATIENCE,
              () -> server.running().findAny().isPresent() || drawn(recorder));
          for (int looks = random.nextInt(12); looks > 0; looks--) {
            assertNoneIsWrong(recorder);
          }
          deaths += server.running().findAny().isPresent() ? 1 : 0;
        } finally {
          server.kill();
        }
      }
      try (ServerProcess server = ServerProcess.start(dataDir, PREVIEWS)) {
        awaitAll(new RecorderClient(client, server, 1 << 20));
      }
    }
    assertNothingIsLeft();
    System.out.printf("%d of %d kills met an ffmpeg, seed %d%n", deaths, ROUNDS, SEED);
  }

  /** ffmpeg goes on when the server dies, and may write its picture when another draws. */
  @Test
  void whatOutlivedTheServerDrawsIntoNobodysRecording() throws Exception {
    String path = "PATH=" + slowFfmpeg() + ":/usr/bin:/bin";
    try (HttpClient client = HttpClient.newHttpClient()) {
      Files.createFile(bin.resolve("before"));
      ServerProcess first = ServerProcess.start(dataDir, PREVIEWS, "env", path);
      try {
        films.add(handOver(new RecorderClient(client, first, 1 << 20)));
        Poll.until("ffmpeg begins", PATIENCE, () -> Files.exists(bin.resolve("held-before")));
      } finally {
        first.kill();
      }
      try (ServerProcess second = ServerProcess.start(dataDir, PREVIEWS, "env", path)) {
        RecorderClient recorder = new RecorderClient(client, second, 1 << 20);
        awaitAll(recorder);
        Files.createFile(bin.resolve("after"));
        films.add(handOver(recorder));
        Poll.until("the next is drawn", PATIENCE, () -> Files.exists(bin.resolve("held-after")));
        // Now the first one draws, late, and the second is taken only then.
        Files.delete(bin.resolve("held-before"));
        Poll.until("it has drawn", PATIENCE, () -> Files.exists(bin.resolve("done-before")));
        Files.delete(bin.resolve("held-after"));
        awaitAll(recorder);
      }
    }
    assertNothingIsLeft();
  }

  /**
   * A folder with an ffmpeg that waits before it writes what it drew, or behind that, where a file
   * {@code before} or {@code after} says so: the first that comes is held for as long as there is a
   * file {@code held-…}.
   */
  private Path slowFfmpeg() throws IOException {
    Path program = bin.resolve("ffmpeg");
    Files.writeString(
        program,
        """
        #!/bin/sh
        hold() {
          /bin/mv "%1$s/$1" "%1$s/held-$1" 2>/dev/null || return 1
          while [ -e "%1$s/held-$1" ]; do /bin/sleep 0.05; done
        }
        for out in "$@"; do :; done
        '%2$s' "$@" || exit
        /bin/mv "${out#file:}" "%1$s/$$"
        if hold before; then
          # Nobody reads what it says any more.
          exec 2>/dev/null
          # As ffmpeg opens a picture: whatever is there by then.
          /bin/cat "%1$s/$$" > "${out#file:}"
          : > "%1$s/done-before"
        else
          /bin/mv "%1$s/$$" "${out#file:}"
          hold after
        fi
        exit 0
        """
            .formatted(bin, ffmpeg.program()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return bin;
  }

  private Film handOver(RecorderClient recorder) throws Exception {
    int number = films.size();
    Color color = new Color(Color.HSBtoRGB(number * 0.29f, 1, 0.4f + 0.5f * (number % 2)));
    Path file = Files.createTempDirectory(bin, "film").resolve("film.mp4");
    String source = String.format("color=c=0x%06X:s=320x240:d=2:r=10", color.getRGB() & 0xFFFFFF);
    Process making =
        new ProcessBuilder(
                ffmpeg.program().toString(),
                "-nostdin",
                "-loglevel",
                "error",
                "-f",
                "lavfi",
                "-i",
                source,
                "-c:v",
                "mpeg4",
                "-q:v",
                "2",
                file.toString())
            .inheritIO()
            .start();
    assertThat(making.waitFor()).isZero();
    byte[] bytes = Files.readAllBytes(file);
    return new Film(recorder.handOver(new RecorderClient.Session("call-" + number, bytes)), color);
  }

  private void awaitAll(RecorderClient recorder) {
    Poll.until(
        "seed " + SEED + ": pictures of " + films.size() + " recordings",
        PATIENCE,
        () -> drawn(recorder) && nothingIsInTheFolder());
  }

  private boolean drawn(RecorderClient recorder) throws Exception {
    return assertNoneIsWrong(recorder) == 2 * films.size();
  }

  private boolean nothingIsInTheFolder() throws IOException {
    try (Stream<Path> left = Files.list(dataDir.resolve("drawing"))) {
      return left.findAny().isEmpty();
    }
  }

  /** How many pictures there are; each is whole, and of its recording. */
  private int assertNoneIsWrong(RecorderClient recorder) throws Exception {
    int drawn = 0;
    for (Film film : films) {
      for (String which : List.of("poster", "previews/1")) {
        HttpResponse<byte[]> answer = recorder.picture(film.receipt(), which);
        if (answer.statusCode() == 200) {
          drawn++;
          assertIsOf(film, answer.body());
        } else {
          assertThat(answer.statusCode()).isEqualTo(404);
        }
      }
    }
    return drawn;
  }

  private static void assertIsOf(Film film, byte[] picture) throws IOException {
    assertThat(picture).endsWith(0xFF, 0xD9);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
    assertThat(image.getWidth()).isEqualTo(320);
    Color seen = new Color(image.getRGB(160, 230));
    assertThat(
            Math.abs(seen.getRed() - film.color().getRed())
                + Math.abs(seen.getGreen() - film.color().getGreen())
                + Math.abs(seen.getBlue() - film.color().getBlue()))
        .as("seed %d: %s, and its film is %s", SEED, seen, film.color())
        .isLessThan(60);
  }

  private void assertNothingIsLeft() throws IOException {
    Poll.until(
        "no ffmpeg is left",
        PATIENCE,
        () ->
            ProcessHandle.allProcesses()
                .noneMatch(it -> it.info().commandLine().filter(this::drawsHere).isPresent()));
    assertThat(nothingIsInTheFolder()).isTrue();
    try (Database database = Database.open(Database.Location.in(dataDir))) {
      assertThat(count(database, "drawing")).isZero();
      assertThat(count(database, "recording where drawing_ticks is not null")).isZero();
      assertThat(count(database, "picture")).isEqualTo(2 * films.size());
    }
  }

  private boolean drawsHere(String command) {
    return command.contains("ffmpeg") && command.contains(dataDir.toString());
  }

  private static int count(Database database, String from) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + from).mapTo(Integer.class).one());
  }
}
