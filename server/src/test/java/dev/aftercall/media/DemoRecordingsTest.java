package dev.aftercall.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.media.ProbeResult.Media;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recordings that start-dev shows; deploy/demo/make.sh makes them. */
class DemoRecordingsTest {
  private static final Pattern CUE =
      Pattern.compile(
          "(\\S+) --> (\\S+)\\n<v (Olivia Organizer|Arno Attendee)>[^<\\n]+</v>(?:\\n|$)");

  @ParameterizedTest
  @CsvSource({"quarterly-planning, true", "release-retrospective, false"})
  void playsAndIsTranscribed(String name, boolean startsFast) throws Exception {
    var file = CountingChannel.of(resource(name + ".mp4"));
    var media = (Media) new ContainerProbe().probe(file);
    assertThat(media.mediaType()).isEqualTo("video/mp4");
    assertThat(media.hasAudio()).isTrue();
    assertThat(media.startsFast()).isEqualTo(startsFast);
    assertThat(media.duration()).isGreaterThan(Duration.ofMinutes(1));
    assertThat(file.size()).isLessThan(1_500_000);

    String transcript = new String(resource(name + ".vtt"), StandardCharsets.UTF_8);
    assertThat(transcript).startsWith("WEBVTT\n\n");
    var cues = CUE.matcher(transcript);
    var before = LocalTime.MIDNIGHT;
    int count = 0;
    for (; cues.find(); count++) {
      var from = LocalTime.parse(cues.group(1));
      assertThat(from).isAfter(before);
      before = LocalTime.parse(cues.group(2));
      assertThat(before).isAfter(from);
    }
    assertThat(count).isEqualTo(transcript.split("-->", -1).length - 1).isGreaterThan(10);
    assertThat(Duration.between(LocalTime.MIDNIGHT, before)).isLessThan(media.duration());
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = DemoRecordingsTest.class.getResourceAsStream("/demo/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
