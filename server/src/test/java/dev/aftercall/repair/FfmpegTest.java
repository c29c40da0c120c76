package dev.aftercall.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aftercall.media.ContainerProbe;
import dev.aftercall.media.ProbeResult;
import dev.aftercall.media.ProbeResult.Media;
import dev.aftercall.media.ProbeResult.Unplayable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With ffmpeg itself. It is no part of the product and not on every machine that builds it, so
 * these are skipped where it is missing; what it is told is held by {@link CommandTest} everywhere.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class FfmpegTest {
  private static final Bounds BOUNDS = new Bounds(Duration.ofMinutes(2), 8 << 20);

  @TempDir Path folder;
  private Ffmpeg ffmpeg;

  @BeforeEach
  void find() {
    Optional<Ffmpeg> found = Repair.find(Optional.empty());
    assumeTrue(found.isPresent(), "ffmpeg is not installed on this machine");
    ffmpeg = found.orElseThrow();
  }

  private Path in(String name, int percent) throws IOException {
    byte[] all = dev.aftercall.testing.Media.resource("/media/" + name);
    return Files.write(folder.resolve("in"), Arrays.copyOf(all, all.length * percent / 100));
  }

  private static ProbeResult probe(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new ContainerProbe().probe(channel);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"moov-end.mp4", "fragmented-live.mp4", "quicktime.mov", "live.webm"})
  void rewrites(String name) throws IOException {
    Media media = ffmpeg.remux(in(name, 100), folder.resolve("out"), BOUNDS);
    assertThat(media.hasVideo()).isTrue();
    assertThat(media.hasAudio()).isTrue();
    assertThat(media.startsFast()).isTrue();
    assertThat(media.duration()).isBetween(Duration.ofMillis(1_800), Duration.ofMillis(2_500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fragmented.mp4", "faststart.mp4", "duration.webm", "dash.mp4"})
  void savesWhatBrokeOff(String name) throws IOException {
    for (int percent : new int[] {60, 65, 72, 80, 93}) {
      Path in = in(name, percent);
      Path out = folder.resolve("out-" + percent);
      assertThat(probe(in)).as("%d %% of it", percent).isInstanceOf(Unplayable.class);
      ffmpeg.recover(in, out, BOUNDS);
      Media media = (Media) probe(out);
      assertThat(media.hasVideo()).isTrue();
      assertThat(media.duration()).isGreaterThan(Duration.ofMillis(250));
      assertThat(media.startsFast()).isTrue();
    }
  }

  @Test
  void drawsPictures() throws IOException {
    Path in = in("moov-end.mp4", 100);
    ffmpeg.poster(in, folder.resolve("poster.jpg"), Duration.ofSeconds(1), BOUNDS);
    var previews = ffmpeg.previews(in, folder, 3, Duration.ofSeconds(2), BOUNDS);
    previews.forEach(FfmpegTest::isJpeg);
    isJpeg(folder.resolve("poster.jpg"));
    assertThatThrownBy(
            () -> ffmpeg.poster(in, folder.resolve("late"), Duration.ofSeconds(9), BOUNDS))
        .isInstanceOf(RepairException.class);
    assertThat(folder.resolve("late")).doesNotExist();
    Path sound = in("audio.m4a", 100);
    assertThatThrownBy(() -> ffmpeg.poster(sound, folder.resolve("none"), Duration.ZERO, BOUNDS))
        .isInstanceOf(RepairException.class);
  }

  private static void isJpeg(Path file) {
    assertThat(file).isRegularFile();
    assertThat(file.toFile().length()).isPositive();
    try {
      assertThat(Arrays.copyOf(Files.readAllBytes(file), 2))
          .isEqualTo(new byte[] {(byte) 0xff, (byte) 0xd8});
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void readsNoFileThatAPlaylistNames() throws IOException {
    Path secret =
        Files.write(folder.resolve("secret.mp4"), Files.readAllBytes(in("moov-end.mp4", 100)));
    for (String list :
        new String[] {
          "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile:" + secret + "\n#EXT-X-ENDLIST\n",
          "ffconcat version 1.0\nfile '" + secret + "'\n"
        }) {
      Path in = Files.writeString(folder.resolve("list.mp4"), list);
      assertThatThrownBy(() -> ffmpeg.remux(in, folder.resolve("out"), BOUNDS))
          .isInstanceOf(RepairException.class);
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  @Test
  void stopsAtTheSizeThatItMayWrite() throws IOException {
    Path in = in("moov-end.mp4", 100);
    assertThatThrownBy(
            () -> ffmpeg.remux(in, folder.resolve("out"), new Bounds(Duration.ofMinutes(2), 3_000)))
        .isInstanceOf(RepairException.class);
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
