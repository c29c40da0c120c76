package dev.aftercall.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.drew.imaging.mp4.Mp4MetadataReader;
import com.drew.imaging.quicktime.QuickTimeMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.mov.QuickTimeDirectory;
import com.drew.metadata.mp4.Mp4Directory;
import dev.aftercall.media.ProbeResult.Media;
import dev.aftercall.media.ProbeResult.Reason;
import dev.aftercall.media.ProbeResult.Unplayable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerProbeTest {
  @ParameterizedTest
  @CsvSource({
    "moov-end.mp4,                video/mp4,  2000, true,  true, false",
    "faststart.mp4,               video/mp4,  2000, true,  true, true",
    "fragmented.mp4,              video/mp4,  2200, true,  true, true",
    "fragmented-live.mp4,         video/mp4,  2200, true,  true, true",
    "fragmented-moov-samples.mp4, video/mp4,  2200, true,  true, true",
    "dash.mp4,                    video/mp4,  2200, true,  true, true",
    "dash-global.mp4,             video/mp4,  2200, true,  true, true",
    "audio.m4a,                   audio/mp4,  2000, false, true, false",
    "quicktime.mov,               video/mp4,  2000, true,  true, false",
    "duration.webm,               video/webm, 2008, true,  true, true",
    "live.webm,                   video/webm, 2000, true,  true, true",
    "audio.webm,                  audio/webm, 2008, false, true, true",
    "matroska.mkv,                video/webm, 2064, true,  true, true",
  })
  void readsWhatRecordersWrite(
      String name, String type, long millis, boolean video, boolean audio, boolean fast)
      throws Exception {
    var file = CountingChannel.of(Samples.bytes(name));
    var media = (Media) new ContainerProbe().probe(file);
    assertThat(media.mediaType()).isEqualTo(type);
    assertThat(media.duration().toMillis()).isCloseTo(millis, within(30L));
    assertThat(media.hasVideo()).isEqualTo(video);
    assertThat(media.hasAudio()).isEqualTo(audio);
    assertThat(media.startsFast()).isEqualTo(fast);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moov-end.mp4", "faststart.mp4", "audio.m4a", "quicktime.mov"})
  void agreesWithMetadataExtractor(String name) throws Exception {
    byte[] bytes = Samples.bytes(name);
    var media = (Media) new ContainerProbe().probe(CountingChannel.of(bytes));
    assertThat(media.duration().toMillis() / 1000.0).isCloseTo(other(name, bytes), within(0.001));
  }

  private static double other(String name, byte[] bytes) throws Exception {
    var in = new ByteArrayInputStream(bytes);
    if (name.endsWith(".mov")) {
      Directory directory =
          QuickTimeMetadataReader.readMetadata(in)
              .getFirstDirectoryOfType(QuickTimeDirectory.class);
      return directory.getRational(QuickTimeDirectory.TAG_DURATION_SECONDS).doubleValue();
    }
    Directory directory =
        Mp4MetadataReader.readMetadata(in).getFirstDirectoryOfType(Mp4Directory.class);
    return directory.getRational(Mp4Directory.TAG_DURATION_SECONDS).doubleValue();
  }

  @Test
  void knowsAnEmptyFile() throws Exception {
    refused(new byte[0], Reason.EMPTY, "no bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "This is text, although its name ends in .mp4", "{\"error\":\"not found\"}"})
  void doesNotBelieveAName(String text) throws Exception {
    refused(text.getBytes(StandardCharsets.UTF_8), Reason.NOT_MEDIA, "offset 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"moov-end.mp4", "faststart.mp4", "quicktime.mov", "duration.webm", "matroska.mkv"})
  void refusesAFileThatBreaksOff(String name) throws Exception {
    byte[] bytes = Samples.bytes(name);
    byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
    refused(half, Reason.TRUNCATED, "the file ends at " + half.length);
  }

  @Test
  void leavesThePositionToItsCallers() throws Exception {
    var file = CountingChannel.of(Samples.bytes("faststart.mp4"));
    file.position(4711);
    assertThat(new ContainerProbe().probe(file)).isInstanceOf(Media.class);
  }

  private static void refused(byte[] bytes, Reason reason, String words) throws Exception {
    var verdict = (Unplayable) new ContainerProbe().probe(CountingChannel.of(bytes));
    assertThat(verdict.code()).isEqualTo(reason);
    assertThat(verdict.reason()).contains(words).endsWith(".");
  }
}
