package dev.aftercall.recorder.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Source;
import dev.aftercall.arrival.Sources;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever hands over cannot say what a recording is called, however far they are believed. */
final class OriginalsAreNotHandedOverTest {
  private static final String ORIGINAL =
      """
      {"artifact":"7b9c1f0a-1111-4222-8333-444455556666","threadId":"19:meeting_x@thread.v2","calendarId":"04"}
      """;

  private static Connection believed() {
    return new Connection(
        new Source(
            "scripts",
            "upload",
            TestServer.TENANT,
            Duration.ZERO,
            Duration.ZERO,
            true,
            Optional.empty()),
        RecorderType.UPLOAD,
        Optional.empty(),
        Optional.of(Sources.SECRET),
        ZoneOffset.UTC,
        Optional.empty(),
        Sources.web());
  }

  @Test
  void aSourceThatIsBelievedSaysWhoseAndNotWhatItIsCalled() throws Exception {
    try (TestServer server = new TestServer(TestSetup.source(believed()))) {
      String said =
          "{\"sourceId\":\"1\",\"original\":%s,\"assigned\":{\"organizer\":\"%s\",\"original\":%s}}"
              .formatted(ORIGINAL, TestServer.ORGANIZER, ORIGINAL);
      var opened =
          server.send(
              server
                  .request("/intake/v1/sources/scripts/recordings", Sources.SECRET)
                  .POST(BodyPublishers.ofString(said)));
      assertThat(opened.statusCode()).isEqualTo(200);
      String url = new ObjectMapper().readTree(opened.body()).path("uploadUrl").asText();
      server.send(
          server
              .request(URI.create(url).getRawPath(), "")
              .PUT(BodyPublishers.ofByteArray(Media.mp4())));
      Arrival arrival =
          Poll.forValue(
              "an arrival that waits",
              Duration.ofSeconds(30),
              () -> all(server).stream().filter(it -> it.state() == State.UNASSIGNED).findFirst());
      assertThat(arrival.reason()).contains("'original'");
      assertThat(arrival.announcement().original()).isNull();
    }
  }

  private static List<Arrival> all(TestServer server) {
    return Sources.arrivals(server);
  }
}
