package dev.aftercall.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Sources;
import dev.aftercall.digest.Hmac;
import dev.aftercall.digest.Sha256;
import dev.aftercall.fetch.Access;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.testing.TestClock;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** LiveKit's webhooks, signed as LiveKit signs them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class LiveKitTest {
  private static final String KEY = "APIabcdefghijkl";

  private Stage stage = Stage.of(RecorderType.LIVEKIT, Optional.of(KEY));

  @AfterEach
  void stop() {
    stage.close();
  }

  private void restage(
      java.util.function.Function<dev.aftercall.testing.WebhookReceiver, Access> access) {
    stage.close();
    stage = Stage.with(RecorderType.LIVEKIT, Optional.of(KEY), access);
  }

  /** As livekit/protocol's webhook notifier makes it. */
  private static String token(String issuer, String secret, Instant now, String body) {
    return token(
        new JWSHeader(JWSAlgorithm.HS256).toString(),
        "{\"iss\":\"%s\",\"nbf\":%d,\"exp\":%d,\"sha256\":\"%s\"}"
            .formatted(
                issuer,
                now.getEpochSecond(),
                now.plus(Duration.ofMinutes(5)).getEpochSecond(),
                Base64.getEncoder().encodeToString(Sha256.of(body))),
        secret);
  }

  private static String token(String header, String claims, String secret) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String signed =
        encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return signed
        + "."
        + encoder.encodeToString(Hmac.sha256(secret, signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private HttpResponse<byte[]> tell(String body) {
    return stage.tell(
        body,
        "Authorization",
        token(KEY, Sources.SECRET, TestClock.START, body),
        "Content-Type",
        "application/webhook+json");
  }

  private static String ended(String status, String results) {
    return """
    {"event":"egress_ended","id":"EV_9JhUdzBqFTtP","createdAt":"1795424405",
     "egressInfo":{"egressId":"EG_kX2mWqYtR4pD","roomId":"RM_hU7sPqLzB3wE","roomName":"weekly",
      "sourceType":"EGRESS_SOURCE_TYPE_WEB","status":"%s",
      "startedAt":"1795420800000000000","endedAt":"1795424400000000000",
      "updatedAt":"1795424405000000000",
      "roomComposite":{"roomName":"weekly","layout":"grid","customBaseUrl":"https://t.example/?t=SEEKRIT",
       "fileOutputs":[{"filepath":"rec/weekly.mp4","s3":{"accessKey":"AKIASEEKRIT",
        "secret":"SEEKRIT","sessionToken":"SEEKRIT","bucket":"recordings","region":"eu-west-1"}}],
       "streamOutputs":[{"urls":["rtmp://live.example/app/SEEKRIT"]}],
       "webhooks":[{"url":"https://hooks.example/?SEEKRIT","signingKey":"SEEKRIT"}]},
      %s,"error":"","errorCode":0,"details":"","backupStorageUsed":false,"retryCount":0}}
    """
        .formatted(status, results);
  }

  private static String file(String filename, String location, long size) {
    return """
    {"filename":"%s","startedAt":"1795420801500000000","endedAt":"1795424400000000000",
     "duration":"3598500000000","size":"%d","location":"%s"}
    """
        .formatted(filename, size, location);
  }

  private String results(String filename, String location) {
    return "\"fileResults\":[" + file(filename, location, Media.mp4().length) + "]";
  }

  private String served() {
    return stage.serve("/rec/weekly.mp4", Media.mp4(), "video/mp4");
  }

  @Test
  void whatEgressWroteIsThereWithItsTimesAndNothingOfItsRequest() {
    String body = ended("EGRESS_COMPLETE", results("rec/weekly.mp4", served()));
    assertThat(tell(body).statusCode()).isEqualTo(200);
    Arrival ready = stage.over();
    assertThat(ready.state()).as(ready.reason()).isEqualTo(State.READY);
    assertThat(ready.announcement().sourceId()).isEqualTo("EG_kX2mWqYtR4pD/rec/weekly.mp4");
    assertThat(ready.announcement().occasion().meeting()).isEqualTo("RM_hU7sPqLzB3wE");
    assertThat(ready.announcement().occasion().room()).isEqualTo("weekly");
    assertThat(ready.announcement().occasion().start())
        .isEqualTo(Ticks.of(Instant.ofEpochSecond(1_795_420_801, 500_000_000)));
    assertThat(ready.announcement().file().name()).isEqualTo("weekly.mp4");
    assertThat(ready.announcement().file().suspect()).isFalse();
    assertThat(ready.envelope()).doesNotContain("SEEKRIT").contains("roomName", "grid");
    assertThat(ready.facts().orElseThrow().sha256()).isEqualTo(Sha256.hex(Media.mp4()));
  }

  @Test
  void theSameAgainUnderAnotherEventIsTheSame() {
    String body = ended("EGRESS_COMPLETE", results("rec/weekly.mp4", served()));
    tell(body);
    assertThat(stage.over().state()).isEqualTo(State.READY);
    assertThat(tell(body).statusCode()).isEqualTo(200);
    assertThat(tell(body.replace("EV_9JhUdzBqFTtP", "EV_other")).statusCode()).isEqualTo(200);
    assertThat(stage.over().state()).isEqualTo(State.READY);
    assertThat(stage.recordings()).isEqualTo(1);
  }

  @Test
  void severalFilesOfOneRoomAreOneMeeting() {
    byte[] other = Media.mp4(Media.mp4().length + 500);
    String two = stage.serve("/rec/two.mp4", other, "video/mp4");
    tell(
        ended(
            "EGRESS_LIMIT_REACHED",
            "\"fileResults\":["
                + file("rec/weekly.mp4", served(), Media.mp4().length)
                + ","
                + file("rec/two.mp4", two, other.length)
                + "],\"file\":"
                + file("rec/weekly.mp4", served(), Media.mp4().length)));
    assertThat(stage.over(2)).allMatch(it -> it.state() == State.READY);
    assertThat(stage.recordings()).isEqualTo(2);
    assertThat(stage.meetings()).isEqualTo(1);
  }

  @Test
  void understandsTheDeprecatedFileAndVersionTwosRequest() {
    tell(
        ended("EGRESS_COMPLETE", "\"file\":" + file("rec/weekly.mp4", served(), 0))
            .replace("roomComposite", "egress"));
    assertThat(stage.over().state()).isEqualTo(State.READY);
  }

  @Test
  void understandsTheManifestBesideAFile() {
    tell(
        """
        {"egress_id":"EG_m","room_id":"RM_m","room_name":"weekly","url":"","started_at":1795420800000000000,
         "ended_at":1795424400000000000,"publisher_identity":"","files":[{"filename":"rec/weekly.mp4",
         "location":"%s"}],"playlists":[],"images":[]}
        """
            .formatted(served()));
    Arrival ready = stage.over();
    assertThat(ready.state()).as(ready.reason()).isEqualTo(State.READY);
    assertThat(ready.announcement().sourceId()).isEqualTo("EG_m/rec/weekly.mp4");
    assertThat(ready.announcement().occasion().start())
        .isEqualTo(Ticks.of(Instant.ofEpochSecond(1_795_420_800)));
  }

  @Test
  void whatFailedIsJudgedByItsBytes() {
    tell(ended("EGRESS_FAILED", results("rec/weekly.mp4", served())));
    Arrival ready = stage.over();
    assertThat(ready.state()).isEqualTo(State.READY);
    assertThat(ready.announcement().file().suspect()).isTrue();
  }

  @Test
  void whatFailedAndIsCutShortGoesToQuarantineWithTheReason() {
    byte[] half = java.util.Arrays.copyOf(Media.mp4(), Media.mp4().length / 2);
    String at = stage.serve("/rec/weekly.mp4", half, "video/mp4");
    tell(
        ended(
            "EGRESS_ABORTED", "\"fileResults\":[" + file("rec/weekly.mp4", at, half.length) + "]"));
    Arrival aside = stage.over();
    assertThat(aside.state()).isEqualTo(State.QUARANTINED);
    assertThat(aside.reason()).isNotEmpty();
  }

  @Test
  void whatFailedAndIsNotThereIsGivenUpSoon() {
    tell(ended("EGRESS_FAILED", results("rec/weekly.mp4", stage.host().url("/none.mp4"))));
    for (int tries = 1; stage.tried(tries).state() != State.QUARANTINED; tries++) {
      assertThat(tries).isLessThan(5);
      stage.server().clock().advance(Duration.ofHours(1));
    }
    assertThat(stage.only().attempts()).isEqualTo(5);
    assertThat(stage.only().reason()).contains("404");
  }

  @Test
  void waitsForAFileThatIsNotThereYet() {
    tell(ended("EGRESS_COMPLETE", results("rec/weekly.mp4", stage.host().url("/late.mp4"))));
    for (int tries = 1; tries < 8; tries++) {
      assertThat(stage.tried(tries).state()).isEqualTo(State.ANNOUNCED);
      stage.server().clock().advance(Duration.ofHours(1));
    }
    stage.tried(8);
    stage.serve("/late.mp4", Media.mp4(), "video/mp4");
    stage.server().clock().advance(Duration.ofHours(1));
    assertThat(stage.over().state()).isEqualTo(State.READY);
  }

  @Test
  void whatAnnouncesNoFileOpensNoUpload() {
    HttpResponse<byte[]> answer =
        stage
            .server()
            .send(
                stage
                    .server()
                    .request("/intake/v1/sources/stage/recordings", Sources.SECRET)
                    .POST(
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                            ended("EGRESS_COMPLETE", "\"x\":1"))));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("no file");
    stage
        .server()
        .send(
            stage
                .server()
                .request("/intake/v1/sources/stage/recordings", Sources.SECRET)
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        ended("EGRESS_COMPLETE", results("rec/weekly.mp4", "x")))));
    assertThat(stage.only().envelope()).doesNotContain("SEEKRIT");
  }

  @Test
  void whatLeftNoFileIsToldAndNotPassedOver() {
    tell(
        ended("EGRESS_FAILED", "\"fileResults\":[]")
            .replace("\"error\":\"\"", "\"error\":\"no disk\""));
    Arrival told = stage.over();
    assertThat(told.state()).isEqualTo(State.REJECTED);
    assertThat(told.reason()).contains("EG_kX2mWqYtR4pD", "EGRESS_FAILED", "no disk");
  }

  @Test
  void segmentsAreRefusedWithWhatToDo() {
    tell(
        ended(
            "EGRESS_COMPLETE",
            "\"segmentResults\":[{\"playlistName\":\"rec/weekly.m3u8\",\"segmentCount\":\"9\"}]"));
    Arrival told = stage.over();
    assertThat(told.state()).isEqualTo(State.REJECTED);
    assertThat(told.reason()).contains("HLS", "file output");
  }

  @Test
  void answersWhatIsOfNoInterest() {
    assertThat(tell("{\"event\":\"room_finished\",\"room\":{\"sid\":\"RM_x\"}}").statusCode())
        .isEqualTo(200);
    assertThat(
            tell(ended("EGRESS_ACTIVE", "\"x\":1").replace("egress_ended", "egress_updated"))
                .statusCode())
        .isEqualTo(200);
    assertThat(tell(ended("EGRESS_COMPLETE", "\"streamResults\":[{\"url\":\"r\"}]")).statusCode())
        .isEqualTo(200);
    assertThat(stage.all()).isEmpty();
  }

  @Test
  void believesNobodyWithoutTheSignature() {
    String body = ended("EGRESS_COMPLETE", results("rec/weekly.mp4", served()));
    Instant now = TestClock.START;
    String good = token(KEY, Sources.SECRET, now, body);
    List<String> bad =
        List.of(
            "",
            "nonsense",
            "a.b.c",
            token(KEY, "another-secret", now, body),
            token("APIother", Sources.SECRET, now, body),
            token(KEY, Sources.SECRET, now, body + " "),
            token(KEY, Sources.SECRET, now.minus(Duration.ofMinutes(7)), body),
            token(KEY, Sources.SECRET, now.plus(Duration.ofMinutes(2)), body),
            token("{\"alg\":\"none\"}", claims(good), Sources.SECRET),
            token("{\"alg\":\"HS512\"}", claims(good), Sources.SECRET),
            token("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", claims(good), Sources.SECRET),
            token("{\"alg\":\"HS256\"}", "{\"iss\":\"" + KEY + "\"}", Sources.SECRET),
            token("{\"alg\":\"HS256\"}", "[]", Sources.SECRET),
            good.substring(0, good.lastIndexOf('.') + 1));
    for (String token : bad) {
      assertThat(stage.tell(body, "Authorization", token).statusCode()).as(token).isEqualTo(401);
    }
    assertThat(stage.tell(body).statusCode()).isEqualTo(401);
    assertThat(stage.all()).isEmpty();
    assertThat(stage.tell(body, "Authorization", "Bearer " + good).statusCode()).isEqualTo(200);
  }

  private static String claims(String token) {
    return new String(
        Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
  }

  @Test
  void saysWhatIsWrongWithWhatCannotBeRead() {
    assertThat(tell("{\"event\":").statusCode()).isEqualTo(400);
    assertThat(tell("[]").statusCode()).isEqualTo(400);
    assertThat(tell("").statusCode()).isEqualTo(400);
    assertThat(tell("[".repeat(5_000)).statusCode()).isEqualTo(400);
    assertThat(tell("x".repeat(1_100_000)).statusCode()).isEqualTo(413);
    assertThat(stage.all()).isEmpty();
    assertThat(tell("{\"event\":\"egress_ended\"}").statusCode()).isEqualTo(200);
    assertThat(stage.over().reason()).contains("egressId");
  }

  @Test
  void hearsAMessageThatComesInPieces() {
    String body = ended("EGRESS_COMPLETE", results("rec/weekly.mp4", served()));
    String head =
        "POST /intake/v1/sources/stage HTTP/1.1\r\nHost: x\r\nAuthorization: "
            + token(KEY, Sources.SECRET, TestClock.START, body)
            + "\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n";
    try (RawHttp raw = RawHttp.to(stage.server())) {
      raw.send(head);
      raw.send(body.substring(0, 10));
      raw.send(body.substring(10));
      assertThat(raw.read(false).status()).isEqualTo(200);
    }
    assertThat(stage.over().state()).isEqualTo(State.READY);
    // Cut off in the middle, nothing is heard.
    try (RawHttp raw = RawHttp.to(stage.server())) {
      raw.send(head);
      raw.send(body.substring(0, 10));
    }
    assertThat(stage.all()).hasSize(1);
  }

  @Test
  void waitsForASlowFile() throws Exception {
    CountDownLatch half = new CountDownLatch(1);
    CountDownLatch rest = new CountDownLatch(1);
    byte[] bytes = Media.mp4();
    Behaviour slow =
        (request, connection, closed) -> {
          var out = connection.getOutputStream();
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: "
                      + bytes.length
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
          out.write(bytes, 0, 1_000);
          out.flush();
          half.countDown();
          rest.await();
          out.write(bytes, 1_000, bytes.length - 1_000);
          out.flush();
        };
    tell(ended("EGRESS_COMPLETE", results("rec/weekly.mp4", stage.serve("/slow.mp4", slow))));
    assertThat(half.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(stage.only().state()).isNotEqualTo(State.READY);
    rest.countDown();
    assertThat(stage.over().state()).isEqualTo(State.READY);
  }

  @Test
  void takesTheNameAsKeyWhereTheAddressIsNone() {
    TransientNio2BlobStore objects = new TransientNio2BlobStore();
    try (S3ProxyServer s3 = S3ProxyServer.start(objects)) {
      restage(
          host ->
              new Access(
                  Optional.empty(),
                  Optional.of(
                      new Access.Buckets(
                          Optional.of(s3.endpoint()),
                          "us-east-1",
                          Set.of(s3.bucket()),
                          Optional.of(new Access.Keys(s3.accessKey(), s3.secretKey())),
                          true)),
                  Optional.empty()));
      objects.putBlob(
          PutObjectRequest.builder()
              .bucket(s3.bucket())
              .key("rec/weekly call.mp4")
              .contentLength((long) Media.mp4().length)
              .build(),
          new ByteArrayInputStream(Media.mp4()));
      // Written by egress for an endpoint with a scheme; by another name; encoded; and not at all.
      List<String> locations =
          List.of(
              "https://recordings.http://minio:9000/rec/weekly call.mp4",
              "http://minio:9000/recordings/rec/weekly call.mp4",
              "https://recordings.s3.amazonaws.com/rec/weekly%20call.mp4",
              s3.endpoint() + "/recordings/rec/weekly%20call.mp4",
              "");
      for (int i = 0; i < locations.size(); i++) {
        tell(
            ended("EGRESS_COMPLETE", results("rec/weekly call.mp4", locations.get(i)))
                .replace("EG_kX2mWqYtR4pD", "EG_" + i));
      }
      assertThat(stage.over(locations.size()))
          .allSatisfy(it -> assertThat(it.state()).as(it.reason()).isEqualTo(State.READY));
      assertThat(stage.recordings()).isEqualTo(1);
    }
  }

  @Test
  void takesTheFileFromASharedFolder(@TempDir Path folder) throws Exception {
    restage(
        host ->
            new Access(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Access.Folder(folder, Optional.of("/out")))));
    Files.createDirectories(folder.resolve("rec"));
    Files.write(folder.resolve("rec/weekly.mp4"), Media.mp4());
    tell(ended("EGRESS_COMPLETE", results("/out/rec/weekly.mp4", "/out/rec/weekly.mp4")));
    Arrival ready = stage.over();
    assertThat(ready.state()).as(ready.reason()).isEqualTo(State.READY);
  }

  @Test
  void namesNothingOutsideOfWhatTheSourceMayReach() {
    tell(ended("EGRESS_COMPLETE", results("passwd", "/etc/passwd")));
    assertThat(stage.over().state()).isEqualTo(State.QUARANTINED);
    assertThat(stage.only().reason()).contains("no shared folder");
  }
}
