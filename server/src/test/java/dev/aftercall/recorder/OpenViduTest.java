package dev.aftercall.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Sources;
import dev.aftercall.testing.Media;
import dev.aftercall.time.Ticks;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OpenVidu 2's webhooks, with the header field that its operator sets. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class OpenViduTest {
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("OPENVIDUAPP:" + Sources.SECRET).getBytes(StandardCharsets.UTF_8));

  private final Stage stage = Stage.of(RecorderType.OPENVIDU, Optional.empty());

  @AfterEach
  void stop() {
    stage.close();
  }

  private HttpResponse<byte[]> tell(String body) {
    return stage.tell(body, "Authorization", BASIC);
  }

  private static String changed(String status, long start) {
    return """
    {"event":"recordingStatusChanged","timestamp":1795424365656,"startTime":%d,
     "sessionId":"DailyCall","uniqueSessionId":"DailyCall_1795424300000","id":"DailyCall~1",
     "name":"My Rec","outputMode":"COMPOSED","resolution":"1280x720","frameRate":25,
     "recordingLayout":"BEST_FIT","hasAudio":true,"hasVideo":true,"size":%d,"duration":353.12,
     "status":"%s","reason":"recordingStoppedByServer"}
    """
        .formatted(start, status.equals("started") ? 0 : Media.mp4().length, status);
  }

  private void served() {
    stage.serve("/api/recordings/DailyCall~1/My%20Rec.mp4", Media.mp4(), "video/mp4");
  }

  @Test
  void whatIsReadyIsFetchedAsTheAppOnce() {
    served();
    for (String status : List.of("started", "ready", "stopped", "ready", "ready")) {
      assertThat(tell(changed(status, 1_795_424_005_555L)).statusCode()).isEqualTo(200);
    }
    Arrival ready = stage.over();
    assertThat(ready.state()).as(ready.reason()).isEqualTo(State.READY);
    assertThat(ready.announcement().sourceId()).isEqualTo("DailyCall~1/1795424005555");
    assertThat(ready.announcement().occasion().room()).isEqualTo("DailyCall");
    assertThat(ready.announcement().occasion().meeting()).isEqualTo("DailyCall_1795424300000");
    assertThat(ready.announcement().occasion().start())
        .isEqualTo(Ticks.of(Instant.ofEpochMilli(1_795_424_005_555L)));
    assertThat(ready.announcement().file().name()).isEqualTo("My Rec.mp4");
    assertThat(stage.host().everything().getFirst().fields()).containsEntry("authorization", BASIC);
    assertThat(stage.recordings()).isEqualTo(1);
  }

  @Test
  void stoppedIsNotReadyYet() {
    tell(changed("started", 1_795_424_005_555L));
    tell(changed("stopped", 1_795_424_005_555L));
    assertThat(stage.all()).isEmpty();
  }

  @Test
  void anIdThatIsGivenAgainIsAnotherRecording() {
    served();
    tell(changed("ready", 1_795_424_005_555L));
    stage.over();
    byte[] next = Media.mp4(Media.mp4().length + 100);
    stage.serve("/api/recordings/DailyCall~1/My%20Rec.mp4", next, "video/mp4");
    tell(
        changed("ready", 1_795_510_405_555L)
            .replace("\"size\":" + Media.mp4().length, "\"size\":" + next.length));
    assertThat(stage.over(2)).allMatch(it -> it.state() == State.READY);
    assertThat(stage.recordings()).isEqualTo(2);
  }

  @Test
  void soundAloneIsWebm() {
    byte[] sound = Media.resource("/media/audio.webm");
    stage.serve("/api/recordings/DailyCall~1/My%20Rec.webm", sound, "audio/webm");
    tell(
        changed("ready", 1_795_424_005_555L)
            .replace("\"hasVideo\":true", "\"hasVideo\":false")
            .replace("\"size\":" + Media.mp4().length, "\"size\":" + sound.length));
    Arrival ready = stage.over();
    assertThat(ready.state()).as(ready.reason()).isEqualTo(State.READY);
  }

  @Test
  void whatFailedIsJudgedOrGivenUp() {
    tell(changed("failed", 1_795_424_005_555L));
    for (int tries = 1; stage.tried(tries).state() != State.QUARANTINED; tries++) {
      assertThat(tries).isLessThan(5);
      stage.server().clock().advance(Duration.ofHours(1));
    }
    assertThat(stage.only().reason()).contains("404");
  }

  @Test
  void archivesOfStreamsAreRefusedWithWhatToDo() {
    tell(changed("ready", 1_795_424_005_555L).replace("COMPOSED", "INDIVIDUAL"));
    assertThat(stage.over().state()).isEqualTo(State.REJECTED);
    assertThat(stage.only().reason()).contains("INDIVIDUAL", "COMPOSED");
  }

  @Test
  void believesNobodyWithoutTheHeader() {
    String body = changed("ready", 1_795_424_005_555L);
    Base64.Encoder encoder = Base64.getEncoder();
    assertThat(stage.tell(body).statusCode()).isEqualTo(401);
    for (String wrong :
        List.of(
            "Basic !",
            "Basic " + encoder.encodeToString("OPENVIDUAPP".getBytes(StandardCharsets.UTF_8)),
            "Basic " + encoder.encodeToString("OPENVIDUAPP:no".getBytes(StandardCharsets.UTF_8)),
            "Basic "
                + encoder.encodeToString(
                    ("other:" + Sources.SECRET).getBytes(StandardCharsets.UTF_8)),
            "Bearer no",
            "Digest " + Sources.SECRET,
            Sources.SECRET)) {
      assertThat(stage.tell(body, "Authorization", wrong).statusCode()).as(wrong).isEqualTo(401);
    }
    assertThat(stage.all()).isEmpty();
    served();
    assertThat(stage.tell(body, "Authorization", "Bearer " + Sources.SECRET).statusCode())
        .isEqualTo(200);
    assertThat(stage.over().state()).isEqualTo(State.READY);
    assertThat(tell("{\"event\":").statusCode()).isEqualTo(400);
    assertThat(tell("x".repeat(1_100_000)).statusCode()).isEqualTo(413);
    assertThat(tell("{\"event\":\"sessionCreated\",\"sessionId\":\"a\"}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void namesLeadNowhereElse() {
    tell(changed("ready", 1_795_424_005_555L).replace("My Rec", "../../../etc/passwd?x=#"));
    assertThat(stage.tried(1).announcement().file().location())
        .endsWith("/api/recordings/DailyCall~1/..%2F..%2F..%2Fetc%2Fpasswd%3Fx%3D%23.mp4");
  }
}
