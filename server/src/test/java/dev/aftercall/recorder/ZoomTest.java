package dev.aftercall.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.arrival.Announcement.Kind;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Sources;
import dev.aftercall.digest.Hmac;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.TestClock;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import dev.aftercall.time.Ticks;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Zoom's webhooks and the way its files are downloaded. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class ZoomTest {
  private static final byte[] VTT =
      "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.500\nAda: Good morning.\n"
          .getBytes(StandardCharsets.UTF_8);

  private final Stage stage = Stage.of(RecorderType.ZOOM, Optional.empty());

  @AfterEach
  void stop() {
    stage.close();
  }

  private HttpResponse<byte[]> tell(String body) {
    return tell(body, stage.server().clock().instant(), Sources.SECRET);
  }

  private HttpResponse<byte[]> tell(String body, Instant at, String secret) {
    String seconds = Long.toString(at.getEpochSecond());
    return stage.tell(
        body,
        "x-zm-request-timestamp",
        seconds,
        "x-zm-signature",
        "v0=" + Hmac.hex(secret, "v0:" + seconds + ":" + body));
  }

  private static String event(String event, String files) {
    return """
    {"event":"%s","event_ts":1795424691572,"download_token":"abJhbGciOiJIUzUxMiJ9.SEEKRIT",
     "payload":{"account_id":"AAAAAABBBB","object":{"id":1234567890,"uuid":"4444AAAiAAAAAiAi/iiAii==",
      "host_id":"x1yCzABCDEfg23HiJKl4mN","account_id":"x1yCzABCDEfg23HiJKl4mN","topic":"Weekly",
      "type":2,"start_time":"2026-11-23T08:44:51Z","timezone":"America/Los_Angeles",
      "host_email":"ada@example.com","duration":60,"password":"SEEKRIT",
      "share_url":"https://zoom.us/rec/share/aaaa","total_size":3328371,"recording_count":2,
      "auto_delete":true,"auto_delete_date":"2028-07-12","on_prem":false,
      "recording_play_passcode":"SEEKRIT",%s}}}
    """
        .formatted(event, files);
  }

  private static String file(
      String id, String view, String type, String start, long size, String url) {
    return """
    {%s"meeting_id":"4444AAAiAAAAAiAi/iiAii==","recording_start":"%s",
     "recording_end":"2026-11-23T09:44:51Z","recording_type":"%s","file_type":"%s",
     "file_extension":"%s","file_size":%d,"play_url":"https://zoom.us/rec/play/aaaa",
     "download_url":"%s","status":"completed"}
    """
        .formatted(
            id.isEmpty() ? "" : "\"id\":\"" + id + "\",",
            start,
            view,
            type,
            type.equals("TRANSCRIPT") ? "VTT" : type,
            size,
            url);
  }

  private String video(String id, int size, String start) {
    byte[] bytes = Media.mp4(size);
    return file(
        id,
        "shared_screen_with_speaker_view(CC)",
        "MP4",
        start,
        size,
        stage.serve("/rec/webhook_download/" + id, bytes, "video/mp4"));
  }

  private static String files(String... files) {
    return "\"recording_files\":[" + String.join(",", files) + "]";
  }

  @Test
  void provesItselfWhenItIsAsked() throws Exception {
    HttpResponse<byte[]> answer =
        tell(
            "{\"payload\":{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\"},\"event_ts\":1654503849680,"
                + "\"event\":\"endpoint.url_validation\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode json = new ObjectMapper().readTree(answer.body());
    assertThat(json.path("plainToken").asText()).isEqualTo("qgg8vlvZRS6UYooatFL8Aw");
    assertThat(json.path("encryptedToken").asText())
        .isEqualTo(Hmac.hex(Sources.SECRET, "qgg8vlvZRS6UYooatFL8Aw"));
  }

  @Test
  void signsNothingForStrangersNorAMessageForZoom() {
    String validation =
        "{\"payload\":{\"plainToken\":\"%s\"},\"event\":\"endpoint.url_validation\"}";
    assertThat(stage.tell(validation.formatted("qgg8vlvZRS6")).statusCode()).isEqualTo(401);
    assertThat(tell(validation.formatted("qgg8"), TestClock.START, "wrong").statusCode())
        .isEqualTo(401);
    assertThat(tell(validation.formatted("v0:1795424691:{}")).statusCode()).isEqualTo(400);
    assertThat(tell(validation.formatted("")).statusCode()).isEqualTo(400);
  }

  @Test
  void oneMeetingOfSeveralFiles() {
    byte[] audio = Media.resource("/media/audio.m4a");
    String one = video("v-1", 60_000, "2026-11-23T08:44:51Z");
    String two = video("v-2", 70_000, "2026-11-23T09:10:00Z");
    String sound =
        file(
            "",
            "audio_only",
            "M4A",
            "2026-11-23T08:44:51Z",
            audio.length,
            stage.serve("/a", audio, "audio/mp4"));
    String vtt =
        file(
            "t-1",
            "audio_transcript",
            "TRANSCRIPT",
            "2026-11-23T08:44:51Z",
            VTT.length,
            stage.serve("/t", VTT, "text/vtt"));
    String none = stage.host().url("/none");
    String start = "2026-11-23T08:44:51Z";
    assertThat(
            tell(event(
                    "recording.completed",
                    files(
                        one,
                        two,
                        sound,
                        vtt,
                        file("c", "chat_file", "CHAT", start, 5, none),
                        file("l", "timeline", "TIMELINE", start, 5, none),
                        file("cc", "closed_caption", "CC", start, 5, none),
                        file("s", "summary", "SUMMARY", start, 5, none),
                        file("p", "gallery_view", "MP4", start, 5, none)
                            .replace("completed", "processing"))))
                .statusCode())
        .isEqualTo(200);
    List<Arrival> all = stage.over(4);
    assertThat(all).allSatisfy(it -> assertThat(it.state()).as(it.reason()).isEqualTo(State.READY));
    assertThat(stage.recordings()).isEqualTo(3);
    assertThat(stage.transcripts()).isEqualTo(1);
    assertThat(stage.meetings()).isEqualTo(1);
    Arrival first =
        all.stream()
            .filter(it -> it.announcement().sourceId().endsWith("/v-1"))
            .findFirst()
            .orElseThrow();
    assertThat(first.announcement().occasion().meeting()).isEqualTo("4444AAAiAAAAAiAi/iiAii==");
    assertThat(first.announcement().occasion().start())
        .isEqualTo(Ticks.parse("2026-11-23T08:44:51Z"));
    assertThat(first.announcement().file().name())
        .isEqualTo("Weekly shared_screen_with_speaker_view.mp4");
    assertThat(first.envelope()).doesNotContain("SEEKRIT").contains("ada@example.com");
    assertThat(stage.server().arrivals().store().segments(first)).hasSize(3);
    assertThat(stage.host().everything())
        .isNotEmpty()
        .allSatisfy(
            it ->
                assertThat(it.fields())
                    .containsEntry("authorization", "Bearer abJhbGciOiJIUzUxMiJ9.SEEKRIT"));
  }

  @Test
  void theTranscriptMayComeFirst() {
    String vtt =
        file(
            "t-1",
            "audio_transcript",
            "TRANSCRIPT",
            "2026-11-23T08:44:51Z",
            VTT.length,
            stage.serve("/t", VTT, "text/vtt"));
    tell(event("recording.transcript_completed", files(vtt)));
    assertThat(stage.over().announcement().kind()).isEqualTo(Kind.TRANSCRIPT);
    assertThat(stage.only().state()).as(stage.only().reason()).isEqualTo(State.READY);
    tell(event("recording.completed", files(video("v-1", 60_000, "2026-11-23T08:44:51Z"), vtt)));
    assertThat(stage.over(2)).allMatch(it -> it.state() == State.READY);
    assertThat(stage.meetings()).isEqualTo(1);
    assertThat(stage.transcripts()).isEqualTo(1);
  }

  @Test
  void aWebinarAndTheAudioOfItsSpeakers() {
    byte[] audio = Media.resource("/media/audio.m4a");
    String participants =
        """
        "recording_files":[],"participant_audio_files":[{"id":"p-1","recording_start":"2026-11-23T08:44:51Z",
         "recording_end":"2026-11-23T08:44:53Z","file_type":"M4A","file_name":"Audio only - Ada","file_size":%d,
         "file_extension":"M4A","play_url":"https://zoom.us/rec/play/a","download_url":"%s","status":"completed"}]
        """
            .formatted(audio.length, stage.serve("/p", audio, "audio/mp4"));
    tell(event("recording.completed", participants).replace("\"type\":2", "\"type\":5"));
    Arrival ready = stage.over();
    assertThat(ready.state()).as(ready.reason()).isEqualTo(State.READY);
    assertThat(ready.announcement().file().name()).isEqualTo("Audio only - Ada.m4a");
  }

  @Test
  void theSameAgainIsTheSameAndBringsANewerToken() {
    String path = "/rec/webhook_download/v-1";
    String body = event("recording.completed", files(video("v-1", 60_000, "2026-11-23T08:44:51Z")));
    stage.serve(path, Behaviour.status(401));
    tell(body);
    assertThat(stage.tried(1).reason()).contains("401");
    stage.serve(path, Stage.media(Media.mp4(60_000), "video/mp4"));
    stage.server().clock().advance(Duration.ofSeconds(1));
    tell(body.replace("abJhbGciOiJIUzUxMiJ9", "newer"));
    assertThat(stage.over().state()).isEqualTo(State.READY);
    assertThat(stage.host().everything().getLast().fields())
        .containsEntry("authorization", "Bearer newer.SEEKRIT");
    tell(body);
    assertThat(stage.over().state()).isEqualTo(State.READY);
    assertThat(stage.recordings()).isEqualTo(1);
  }

  @Test
  void aPageInPlaceOfTheFileIsTriedAgain() {
    String path = "/rec/webhook_download/v-1";
    String body = event("recording.completed", files(video("v-1", 60_000, "2026-11-23T08:44:51Z")));
    stage.serve(path, Behaviour.text(200, "text/html;charset=utf-8", "<html>Sign in</html>"));
    tell(body);
    assertThat(stage.tried(1).reason()).contains("text/html");
    assertThat(stage.only().state()).isEqualTo(State.ANNOUNCED);
    stage.serve(path, Stage.media(Media.mp4(60_000), "video/mp4"));
    stage.server().clock().advance(Duration.ofHours(1));
    assertThat(stage.over().state()).isEqualTo(State.READY);
  }

  @Test
  void followsToAHostOfTheListWithoutTheToken() {
    byte[] bytes = Media.mp4(60_000);
    stage.serve("/file.zoom/v-1", bytes, "video/mp4");
    int port = URI.create(stage.host().url("/")).getPort();
    String at =
        stage.serve(
            "/rec/webhook_download/v-1",
            Behaviour.status(302, "Location: http://localhost:" + port + "/file.zoom/v-1"));
    tell(
        event(
            "recording.completed",
            files(file("v-1", "gallery_view", "MP4", "2026-11-23T08:44:51Z", bytes.length, at))));
    Arrival ready = stage.over();
    assertThat(ready.state()).as(ready.reason()).isEqualTo(State.READY);
    var last = stage.host().everything().getLast();
    assertThat(last.path()).isEqualTo("/file.zoom/v-1");
    assertThat(last.fields()).doesNotContainKey("authorization");
  }

  @Test
  void goesNowhereElse() {
    String at =
        stage.serve(
            "/rec/webhook_download/v-1",
            Behaviour.status(302, "Location: http://169.254.169.254/latest/meta-data"));
    tell(
        event(
            "recording.completed",
            files(file("v-1", "gallery_view", "MP4", "2026-11-23T08:44:51Z", 9, at))));
    assertThat(stage.over().state()).isEqualTo(State.QUARANTINED);
    assertThat(stage.only().reason()).contains("does not list this host");
  }

  @Test
  void answersWhatItCannotUse() {
    assertThat(tell("{\"event\":\"meeting.started\",\"payload\":{}}").statusCode()).isEqualTo(200);
    assertThat(tell(event("recording.completed", "\"recording_files\":[]")).statusCode())
        .isEqualTo(200);
    assertThat(stage.all()).isEmpty();
    assertThat(tell("{\"event\":\"recording.completed\",\"payload\":{}}").statusCode())
        .isEqualTo(200);
    assertThat(stage.over().state()).isEqualTo(State.REJECTED);
    assertThat(stage.only().reason()).contains("uuid");
  }

  @Test
  void believesNobodyWithoutTheSignature() {
    String body = event("recording.completed", files(video("v-1", 60_000, "2026-11-23T08:44:51Z")));
    Instant now = TestClock.START;
    assertThat(stage.tell(body).statusCode()).isEqualTo(401);
    assertThat(tell(body, now, "another-secret").statusCode()).isEqualTo(401);
    assertThat(tell(body, now.minus(Duration.ofMinutes(6)), Sources.SECRET).statusCode())
        .isEqualTo(401);
    assertThat(tell(body, now.plus(Duration.ofMinutes(6)), Sources.SECRET).statusCode())
        .isEqualTo(401);
    String seconds = Long.toString(now.getEpochSecond());
    String signed = "v0=" + Hmac.hex(Sources.SECRET, "v0:" + seconds + ":" + body);
    for (String time : List.of("x", "-1", "99999999999999999999", "")) {
      assertThat(
              stage
                  .tell(body, "x-zm-request-timestamp", time, "x-zm-signature", signed)
                  .statusCode())
          .isEqualTo(401);
    }
    assertThat(
            stage
                .tell(body + " ", "x-zm-request-timestamp", seconds, "x-zm-signature", signed)
                .statusCode())
        .isEqualTo(401);
    assertThat(stage.all()).isEmpty();
    assertThat(tell("{\"event\":").statusCode()).isEqualTo(400);
    assertThat(tell("x".repeat(1_100_000)).statusCode()).isEqualTo(413);
  }
}
