package dev.aftercall.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Sources;
import dev.aftercall.digest.Hmac;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.TestClock;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import dev.aftercall.time.Ticks;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OpenVidu Meet 3's webhooks, signed by its API key. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class OpenViduMeetTest {
  private static final String MEDIA = "/api/api/v1/recordings/room-123--EG_XYZ--XX445/media";

  private final Stage stage = Stage.of(RecorderType.OPENVIDU_MEET, Optional.empty());

  @AfterEach
  void stop() {
    stage.close();
  }

  private HttpResponse<byte[]> tell(String body) {
    return tell(body, TestClock.START, Sources.SECRET);
  }

  private HttpResponse<byte[]> tell(String body, Instant at, String key) {
    String millis = Long.toString(at.toEpochMilli());
    return stage.tell(
        body, "X-Timestamp", millis, "X-Signature", Hmac.hex(key, millis + "." + body));
  }

  private static String event(String event, String status) {
    return """
    {"creationDate":1795424400000,"event":"%s","data":{"recordingId":"room-123--EG_XYZ--XX445",
     "roomId":"room-123","roomName":"Weekly","status":"%s","layout":"grid",
     "filename":"room-123--XX445.mp4","startDate":1795420800000,"endDate":1795424400000,
     "duration":3600,"size":%d,"errorCode":0,"error":"","details":"End reason: StopEgress API"}}
    """
        .formatted(event, status, Media.mp4().length);
  }

  @Test
  void whatEndedIsFetchedByTheApiKeyOnce() {
    stage.serve(MEDIA, Media.mp4(), "video/mp4");
    assertThat(tell(event("recordingStarted", "starting")).statusCode()).isEqualTo(200);
    assertThat(tell(event("recordingUpdated", "ending")).statusCode()).isEqualTo(200);
    assertThat(stage.all()).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(tell(event("recordingEnded", "complete")).statusCode()).isEqualTo(200);
    }
    tell(event("recordingUpdated", "ending"));
    Arrival ready = stage.over();
    assertThat(ready.state()).as(ready.reason()).isEqualTo(State.READY);
    assertThat(ready.announcement().sourceId()).isEqualTo("room-123--EG_XYZ--XX445");
    assertThat(ready.announcement().occasion().room()).isEqualTo("Weekly");
    assertThat(ready.announcement().occasion().start())
        .isEqualTo(Ticks.of(Instant.ofEpochMilli(1_795_420_800_000L)));
    assertThat(ready.announcement().file().suspect()).isFalse();
    assertThat(stage.host().everything().getFirst().fields())
        .containsEntry("x-api-key", Sources.SECRET)
        .doesNotContainKey("authorization");
    assertThat(stage.recordings()).isEqualTo(1);
  }

  @Test
  void theLimitIsAnEndToo() {
    stage.serve(MEDIA, Media.mp4(), "video/mp4");
    tell(event("recordingEnded", "limit_reached"));
    assertThat(stage.over().state()).isEqualTo(State.READY);
    assertThat(stage.only().announcement().file().suspect()).isFalse();
  }

  @Test
  void whatFailedIsGivenUpWhenThereIsNoFile() {
    stage.serve(MEDIA, Behaviour.text(404, "application/json", "{\"error\":\"Recording Error\"}"));
    tell(event("recordingEnded", "failed"));
    for (int tries = 1; stage.tried(tries).state() != State.QUARANTINED; tries++) {
      assertThat(tries).isLessThan(5);
      stage.server().clock().advance(Duration.ofHours(1));
    }
    assertThat(stage.only().announcement().file().suspect()).isTrue();
  }

  @Test
  void aFileThatIsStillBeingWrittenIsTriedAgain() {
    stage.serve(MEDIA, Behaviour.text(409, "application/json", "{\"error\":\"in progress\"}"));
    tell(event("recordingEnded", "complete"));
    assertThat(stage.tried(1).reason()).contains("409");
    stage.serve(MEDIA, Media.mp4(), "video/mp4");
    stage.server().clock().advance(Duration.ofHours(1));
    assertThat(stage.over().state()).isEqualTo(State.READY);
  }

  @Test
  void answersTheTestAndWhatItCannotUse() {
    assertThat(
            tell("{\"event\":\"testEvent\",\"creationDate\":1,\"data\":{\"message\":\"test\"}}")
                .statusCode())
        .isEqualTo(200);
    assertThat(tell("{\"event\":\"meetingEnded\",\"data\":{}}").statusCode()).isEqualTo(200);
    assertThat(stage.all()).isEmpty();
    assertThat(tell("{\"event\":\"recordingEnded\",\"data\":{}}").statusCode()).isEqualTo(200);
    assertThat(stage.over().reason()).contains("recordingId");
  }

  @Test
  void believesNobodyWithoutTheSignature() {
    String body = event("recordingEnded", "complete");
    assertThat(stage.tell(body).statusCode()).isEqualTo(401);
    assertThat(tell(body, TestClock.START, "another-key").statusCode()).isEqualTo(401);
    for (Duration off : List.of(Duration.ofMinutes(6), Duration.ofMinutes(-6))) {
      assertThat(tell(body, TestClock.START.plus(off), Sources.SECRET).statusCode()).isEqualTo(401);
    }
    String millis = Long.toString(TestClock.START.toEpochMilli());
    String signature = Hmac.hex(Sources.SECRET, millis + "." + body);
    assertThat(stage.tell(body + " ", "X-Timestamp", millis, "X-Signature", signature).statusCode())
        .isEqualTo(401);
    assertThat(stage.tell(body, "X-Timestamp", millis + "0", "X-Signature", signature).statusCode())
        .isEqualTo(401);
    assertThat(stage.tell(body, "X-Timestamp", millis).statusCode()).isEqualTo(401);
    assertThat(stage.all()).isEmpty();
    assertThat(tell("{").statusCode()).isEqualTo(400);
    assertThat(tell("x".repeat(1_100_000)).statusCode()).isEqualTo(413);
  }
}
