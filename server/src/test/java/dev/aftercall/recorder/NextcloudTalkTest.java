package dev.aftercall.recorder;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Sources;
import dev.aftercall.change.Precondition;
import dev.aftercall.digest.Sha256;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TalkRecordingServer;
import dev.aftercall.testing.TalkRecordingServer.Recording;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Nextcloud Talk's recording server sends, over sockets. */
final class NextcloudTalkTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID ADA = TestServer.guid("Ada");
  private static final String NAME = "Recording 2026-01-31 09-00-00.webm";
  private static final Recording WEEKLY = new Recording("ab12cd34", "ada", NAME, Media.mp4());

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TalkRecordingServer talk = new TalkRecordingServer(client, Sources.SECRET);
  private TestServer server;

  @BeforeEach
  void start() {
    server =
        new TestServer(
            TestSetup.source(Sources.of("talk", RecorderType.NEXTCLOUD_TALK)),
            TestSetup.source(Sources.of("scripts", RecorderType.UPLOAD)));
    new JdbcAssignmentRules(server.database())
        .put(TestServer.TENANT, Sources.rule("ada's", "ada/*", ADA), new Precondition.Always());
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private List<Arrival> all() {
    return Sources.arrivals(server);
  }

  private Arrival only() {
    assertThat(all()).hasSize(1);
    return all().getFirst();
  }

  private HttpResponse<String> upload(Recording recording) throws Exception {
    return talk.upload(server.base(), recording, talk.random());
  }

  private static JsonNode ocs(HttpResponse<String> answer) throws Exception {
    JsonNode ocs = JSON.readTree(answer.body()).path("ocs");
    assertThat(ocs.path("meta").path("statuscode").asInt()).isEqualTo(answer.statusCode());
    return ocs;
  }

  private static void assertError(HttpResponse<String> answer, int status, String error)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(ocs(answer).path("data").path("error").asText()).isEqualTo(error);
  }

  @Test
  void anUploadIsAcknowledgedWhenItIsThere() throws Exception {
    HttpResponse<String> answer = upload(WEEKLY);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(ocs(answer).path("meta").path("status").asText()).isEqualTo("ok");
    assertThat(ocs(answer).path("data").isNull()).isTrue();
    Arrival arrival = only();
    assertThat(arrival.state()).isEqualTo(State.READY);
    assertThat(arrival.rule()).isEqualTo("ada's");
    assertThat(arrival.announcement().occasion().room()).isEqualTo("ada/ab12cd34");
    assertThat(Ticks.format(requireNonNull(arrival.announcement().occasion().start())))
        .startsWith("2026-01-31T09:00:00");
    assertThat(arrival.facts().orElseThrow().size()).isEqualTo(WEEKLY.bytes().length);
    assertThat(JSON.readTree(arrival.envelope()).path("owner").asText()).isEqualTo("ada");
    assertThat(arrival.announcement().file().name()).isEqualTo(NAME);
  }

  @Test
  void theSourceMayBeInThePath() throws Exception {
    String below = server.base() + "/intake/v1/sources/talk";
    assertThat(talk.upload(below, WEEKLY, talk.random()).statusCode()).isEqualTo(200);
    String other = server.base() + "/intake/v1/sources/scripts";
    assertThat(talk.upload(other, WEEKLY, talk.random()).statusCode()).isEqualTo(401);
    assertThat(all()).hasSize(1);
  }

  @Test
  void whatNoRuleNamesIsAcknowledgedAndWaits() throws Exception {
    assertThat(upload(new Recording("ab12cd34", "bob", NAME, Media.mp4())).statusCode())
        .isEqualTo(200);
    assertThat(only().state()).isEqualTo(State.UNASSIGNED);
  }

  @Test
  void nobodySendsWithoutTheSecret() throws Exception {
    TalkRecordingServer stranger = new TalkRecordingServer(client, "another");
    HttpResponse<String> answer = stranger.upload(server.base(), WEEKLY, talk.random());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(ocs(answer).path("data").path("error").path("code").asText())
        .isEqualTo("invalid_request");
    assertThat(talk.upload(server.base(), WEEKLY, "short").statusCode()).isEqualTo(401);
    // The checksum is over the conversation it was made for.
    HttpRequest.Builder moved =
        HttpRequest.newBuilder(
                talk.upload(server.base(), "ab12cd34", talk.random()).build(), (n, v) -> true)
            .uri(URI.create(server.base() + "/ocs/v2.php/apps/spreed/api/v1/recording/zz99/store"))
            .POST(BodyPublishers.ofByteArray(TalkRecordingServer.form(WEEKLY)));
    assertThat(talk.send(moved).statusCode()).isEqualTo(401);
    assertThat(all()).isEmpty();
  }

  @Test
  void theSameRequestAgainIsTheSameAndWithAnotherFileRefused() throws Exception {
    String random = talk.random();
    assertThat(talk.upload(server.base(), WEEKLY, random).statusCode()).isEqualTo(200);
    assertThat(talk.upload(server.base(), WEEKLY, random).statusCode()).isEqualTo(200);
    Recording other =
        new Recording("ab12cd34", "ada", "Recording 2026-01-31 10-00-00.webm", Media.mp4(90_000));
    assertThat(talk.upload(server.base(), other, random).statusCode()).isEqualTo(401);
    assertThat(talk.upload(server.base(), other, random).statusCode()).isEqualTo(401);
    assertThat(all()).hasSize(1);
  }

  @Test
  void anotherFileOfTheSameNameIsAnother() throws Exception {
    upload(WEEKLY);
    Recording second = new Recording("ab12cd34", "ada", NAME, Media.mp4(90_000));
    String random = talk.random();
    assertThat(talk.upload(server.base(), second, random).statusCode()).isEqualTo(200);
    assertThat(talk.upload(server.base(), second, random).statusCode()).isEqualTo(200);
    assertThat(all()).hasSize(2).allMatch(it -> it.state() == State.READY);
    assertThat(all()).extracting(Arrival::artifact).doesNotHaveDuplicates();
    // The same bytes sent anew are the recording that is there.
    assertThat(upload(WEEKLY).statusCode()).isEqualTo(200);
    assertThat(all().stream().filter(it -> it.sameAs().isPresent())).hasSize(1);
  }

  @Test
  void whatDoesNotPlayIsKeptHereAndThere() throws Exception {
    Recording audio =
        new Recording(
            "ab12cd34",
            "ada",
            "Recording 2026-01-31 09-00-00.ogg",
            "OggS not what we read".repeat(500).getBytes(StandardCharsets.UTF_8));
    String random = talk.random();
    HttpResponse<String> answer = talk.upload(server.base(), audio, random);
    assertError(answer, 400, "invalid_file");
    assertThat(ocs(answer).path("meta").path("message").asText()).contains("quarantine");
    assertError(talk.upload(server.base(), audio, random), 400, "invalid_file");
    assertThat(only().state()).isEqualTo(State.QUARANTINED);
    assertThat(only().reason()).contains("neither an MP4 nor a WebM");
  }

  @Test
  void sendsWholeWhatItWouldSendInPieces() throws Exception {
    assertThat(talk.requestUpload(server.base(), WEEKLY).statusCode()).isEqualTo(404);
    assertThat(
            new TalkRecordingServer(client, "another")
                .requestUpload(server.base(), WEEKLY)
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void hearsOfEvents() throws Exception {
    String started =
        "{\"type\":\"started\",\"started\":{\"token\":\"ab12cd34\",\"status\":1,"
            + "\"actor\":{\"type\":\"users\",\"id\":\"ada\"}}}";
    String random = talk.random();
    assertThat(talk.event(server.base(), started, random).statusCode()).isEqualTo(200);
    // Refused, the recording server would end the recording.
    assertThat(talk.event(server.base(), started, random).statusCode()).isEqualTo(200);
    assertThat(
            talk.event(
                    server.base(),
                    "{\"type\":\"stopped\",\"stopped\":{\"token\":\"ab12cd34\"}}",
                    talk.random())
                .statusCode())
        .isEqualTo(200);
    assertThat(talk.event(server.base(), "{\"type\":\"x\"}", talk.random()).statusCode())
        .isEqualTo(400);
    assertThat(talk.event(server.base(), "{", talk.random()).statusCode()).isEqualTo(400);
    assertThat(
            new TalkRecordingServer(client, "another")
                .event(server.base(), started, talk.random())
                .statusCode())
        .isEqualTo(403);
    assertThat(talk.event(server.base(), "x".repeat(100_000), talk.random()).statusCode())
        .isEqualTo(400);
    assertThat(all()).isEmpty();
  }

  private HttpResponse<String> post(String type, String body) throws Exception {
    HttpRequest.Builder request = talk.upload(server.base(), "ab12cd34", talk.random());
    request.setHeader("Content-Type", type);
    return talk.send(request.POST(BodyPublishers.ofString(body)));
  }

  @Test
  void saysWhatIsWrongWithAForm() throws Exception {
    assertError(post("application/json", "{}"), 400, "invalid_file");
    assertError(post("multipart/form-data", "x"), 400, "invalid_file");
    assertError(post("multipart/form-data; boundary=b", "x"), 400, "invalid_file");
    assertError(post("multipart/form-data; boundary=b", ""), 400, "invalid_file");
    assertError(post("multipart/form-data; boundary=b", "--b--\r\n"), 400, "invalid_file");
    String file =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.webm\"\r\n\r\n";
    assertError(
        post("multipart/form-data; boundary=b", file + "x\r\n--b--\r\n"), 400, "owner_invalid");
    String owner = "--b\r\nContent-Disposition: form-data; name=\"owner\"\r\n\r\n";
    assertError(
        post(
            "multipart/form-data; boundary=b",
            owner + "ada\r\n" + file.replace("x.webm", "") + "x\r\n--b--\r\n"),
        400,
        "file_name");
    assertError(
        post(
            "multipart/form-data; boundary=b",
            owner + "a".repeat(300_000) + "\r\n" + file + "x\r\n--b--\r\n"),
        400,
        "owner_invalid");
    assertError(
        post("multipart/form-data; boundary=b", owner + "ada\r\n--b--\r\n"), 400, "invalid_file");
    assertError(
        post("multipart/form-data; boundary=b", "--b\r\nX: " + "y".repeat(100_000)),
        400,
        "invalid_file");
    assertThat(all()).isEmpty();
  }

  @Test
  void aNameIsNoPathAndOtherPartsDoNoHarm() throws Exception {
    String form =
        """
        --b\r
        Content-Disposition: form-data; name="later"\r
        \r
        x\r
        --b\r
        Content-Disposition: form-data; name="owner"\r
        \r
        ada\r
        --b\r
        Content-Disposition: form-data; name="file"; filename="../../etc/a.webm"\r
        Content-Type: video/webm\r
        \r
        """;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(form.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(Media.mp4());
    body.writeBytes(
        "\r\n--b\r\nContent-Disposition: form-data; name=\"more\"\r\n\r\ny\r\n--b--\r\n"
            .getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        talk.upload(server.base(), "ab12cd34", talk.random())
            .setHeader("Content-Type", "multipart/form-data; boundary=b");
    assertThat(talk.send(request.POST(BodyPublishers.ofByteArray(body.toByteArray()))).statusCode())
        .isEqualTo(200);
    assertThat(only().announcement().file().name()).isEqualTo("a.webm");
    assertThat(only().facts().orElseThrow().size()).isEqualTo(Media.mp4().length);
  }

  /** A form whose bytes look like its boundary in every way but the last. */
  @Test
  void bytesThatLookLikeABoundaryAreBytes() throws Exception {
    byte[] film = Media.mp4(400_000);
    byte[] almost =
        "\r\n--8f2d3a1c5b7e4d6f9a0b1c2d3e4f5a6\r\n--\r\n-".getBytes(StandardCharsets.UTF_8);
    for (int at = 200_000; at + almost.length < film.length; at += 997) {
      System.arraycopy(almost, 0, film, at, almost.length);
    }
    assertThat(upload(new Recording("ab12cd34", "ada", NAME, film)).statusCode()).isEqualTo(200);
    assertThat(only().facts().orElseThrow().sha256()).isEqualTo(Sha256.hex(film));
  }

  /** Cut in the file, and cut behind it where the form is not ended. */
  @Test
  void aBodyThatEndsTooEarlyIsNotAcknowledgedAndSentAgainItIsThere() throws Exception {
    Recording film = new Recording("ab12cd34", "ada", NAME, Media.mp4(900_000));
    String random = talk.random();
    byte[] form = TalkRecordingServer.form(film);
    for (int cut : new int[] {500_000, form.length - TalkRecordingServer.behind().length}) {
      HttpRequest.Builder request =
          talk.upload(server.base(), "ab12cd34", random)
              .POST(BodyPublishers.ofByteArray(form, 0, cut));
      assertError(talk.send(request), 400, "invalid_file");
      assertThat(only().state()).isEqualTo(State.FETCHING);
    }
    assertThat(talk.upload(server.base(), film, random).statusCode()).isEqualTo(200);
    assertThat(only().state()).isEqualTo(State.READY);
    assertThat(only().facts().orElseThrow().size()).isEqualTo(900_000);
  }

  @Test
  void whatWasBegunAndSentAnewIsGivenUp() throws Exception {
    Recording film = new Recording("ab12cd34", "ada", NAME, Media.mp4(900_000));
    byte[] form = TalkRecordingServer.form(film);
    talk.send(
        talk.upload(server.base(), "ab12cd34", talk.random())
            .POST(BodyPublishers.ofByteArray(form, 0, 500_000)));
    assertThat(upload(film).statusCode()).isEqualTo(200);
    assertThat(all())
        .extracting(Arrival::state)
        .containsExactlyInAnyOrder(State.READY, State.REJECTED);
    assertThat(server.arrivals().store().oldestUnfinished()).isEmpty();
  }

  @Test
  void aSenderWhoDiesLeavesNothingHalf() throws Exception {
    Recording film = new Recording("ab12cd34", "ada", NAME, Media.mp4(900_000));
    String random = talk.random();
    HttpRequest head =
        talk.upload(server.base(), "ab12cd34", random).POST(BodyPublishers.noBody()).build();
    byte[] form = TalkRecordingServer.form(film);
    try (Socket socket = begin(head, form.length)) {
      socket.getOutputStream().write(form, 0, 300_000);
      socket.getOutputStream().flush();
      Poll.until(
          "bytes come",
          Duration.ofSeconds(30),
          () -> all().stream().anyMatch(it -> it.state() == State.FETCHING));
    }
    Poll.until(
        "it is sent again",
        Duration.ofMinutes(3),
        () -> talk.upload(server.base(), film, random).statusCode() == 200);
    assertThat(only().state()).isEqualTo(State.READY);
  }

  /** Writes the head of a request. */
  private Socket begin(HttpRequest head, int length) throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    StringBuilder text = new StringBuilder("POST " + head.uri().getPath() + " HTTP/1.1\r\n");
    text.append("Host: localhost\r\nContent-Length: ").append(length).append("\r\n");
    head.headers().map().forEach((n, v) -> text.append(n + ": " + v.getFirst() + "\r\n"));
    socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void whatDribblesInIsWhole() throws Exception {
    byte[] form = TalkRecordingServer.form(WEEKLY);
    HttpRequest head =
        talk.upload(server.base(), "ab12cd34", talk.random()).POST(BodyPublishers.noBody()).build();
    try (Socket socket = begin(head, form.length)) {
      int at = 0;
      while (at < form.length) {
        boolean edge = at < 600 || at > form.length - 200;
        int piece = Math.min(edge ? 3 : 1_009, form.length - at);
        socket.getOutputStream().write(form, at, piece);
        at += piece;
      }
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
    }
    assertThat(only().facts().orElseThrow().sha256()).isEqualTo(Sha256.hex(WEEKLY.bytes()));
  }

  /** As the page says what is left on the recording server's disk is sent by hand. */
  @Test
  void whatWasLeftIsSentByHand() throws Exception {
    HttpResponse<byte[]> opened =
        server.send(
            server
                .request("/intake/v1/sources/talk/recordings", Sources.SECRET)
                .POST(
                    BodyPublishers.ofString(
                        "{\"conversation\":\"ab12cd34\",\"owner\":\"ada\",\"fileName\":\""
                            + NAME
                            + "\"}")));
    assertThat(opened.statusCode()).isEqualTo(200);
    String url = JSON.readTree(opened.body()).path("uploadUrl").asText();
    assertThat(
            server
                .send(
                    HttpRequest.newBuilder(URI.create(url))
                        .PUT(BodyPublishers.ofByteArray(WEEKLY.bytes())))
                .statusCode())
        .isEqualTo(201);
    assertThat(only().announcement().occasion().room()).isEqualTo("ada/ab12cd34");
    // Should the recording server have come to send it after all, it is the same.
    assertThat(upload(WEEKLY).statusCode()).isEqualTo(200);
    assertThat(all()).hasSize(2).allMatch(it -> it.state() == State.READY);
    assertThat(all().stream().filter(it -> it.sameAs().isPresent())).hasSize(1);
  }

  /** Its length is known to nobody before it ends; it is sent in chunks. */
  @Test
  void aLargeFileIsStreamed() throws Exception {
    byte[] start = Media.mp4();
    long noise = 150L << 20;
    byte[] box =
        ByteBuffer.allocate(8)
            .putInt((int) noise)
            .put("free".getBytes(StandardCharsets.US_ASCII))
            .array();
    Recording film = new Recording("ab12cd34", "ada", NAME, new byte[0]);
    InputStream bytes =
        new SequenceInputStream(
            new ByteArrayInputStream(start),
            new SequenceInputStream(new ByteArrayInputStream(box), new Zeros(noise - box.length)));
    HttpResponse<String> answer =
        talk.send(
            talk.upload(server.base(), "ab12cd34", talk.random())
                .POST(BodyPublishers.ofInputStream(() -> TalkRecordingServer.stream(film, bytes))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(only().facts().orElseThrow().size()).isEqualTo(start.length + noise);
  }

  /** So many zeros. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int given = (int) Math.min(left, length);
      Arrays.fill(into, offset, offset + given, (byte) 0);
      left -= given;
      return given;
    }
  }
}
