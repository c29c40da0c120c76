package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.graph.core.models.UploadResult;
import com.microsoft.graph.core.models.UploadSession;
import com.microsoft.graph.core.tasks.LargeFileUploadTask;
import com.microsoft.graph.models.DriveItem;
import com.microsoft.kiota.RequestAdapter;
import com.microsoft.kiota.serialization.JsonParseNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Conformance("Hand-over by upload session")
final class UploadTest {
  /** What OneDrive wants slices to be multiples of, so what clients are written for. */
  private static final int SLICE = 320 * 1024;

  private final ServerUnderTest server;
  private final ReadyFile.Held held;
  private final byte[] film;

  UploadTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
    this.film = server.wire().get(held.byMe() + "/content").as("organizer").reply().body();
  }

  @Verified(year = 2026)
  void theSdksUploadTaskHandsOver() throws Exception {
    List<Long> reported = new ArrayList<>();
    UploadResult<DriveItem> result =
        task(server.graph().anonymous(), session(open().reply()), film)
            .upload(1, (sent, of) -> reported.add(sent));
    assertThat(result.isUploadSuccessful()).isTrue();
    assertThat(reported).hasSize((film.length + SLICE - 1) / SLICE).endsWith((long) film.length);
    DriveItem receipt = result.itemResponse;
    assertThat(receipt.getSize()).isEqualTo(film.length);
    assertThat(receipt.getAdditionalData()).containsEntry("sha256", held.sha256());
    assertThat(
            Double.parseDouble(String.valueOf(receipt.getAdditionalData().get("durationSeconds"))))
        .isGreaterThan(1);
    String meeting = String.valueOf(receipt.getAdditionalData().get("meetingId"));
    ReadyFile.Held kept =
        new ReadyFile.Held(
            held.organizer(),
            meeting,
            receipt.getId(),
            held.sha256(),
            film.length,
            Optional.empty());
    Wire.Reply read = server.wire().get(kept.byMe() + "/content").as("organizer").reply();
    assertThat(read.status()).isEqualTo(200);
    assertThat(Bytes.sha256(read.body())).isEqualTo(held.sha256());
    assertThat(server.wire().get(kept.byMe()).as("attendee").reply().status()).isEqualTo(200);
    assertThat(server.wire().get(kept.byMe()).as("outsider").reply().status()).isEqualTo(403);
  }

  @Verified(year = 2026)
  void aTaskThatSendsItsTokenTooHandsOver() throws Exception {
    // As in every tutorial: the task gets the client's own adapter.
    UploadResult<DriveItem> result =
        task(server.graph().app("intake").getRequestAdapter(), session(open().reply()), film)
            .upload(1, null);
    assertThat(result.isUploadSuccessful()).isTrue();
    assertThat(result.itemResponse.getAdditionalData()).containsEntry("sha256", held.sha256());
  }

  @Verified(year = 2026)
  void anInterruptedUploadIsTakenUpWhereItStopped() throws Exception {
    String url = open().reply().json().path("uploadUrl").asText();
    Wire.Reply first =
        server
            .wire()
            .call("PUT", url)
            .header("Content-Range", "bytes 0-" + (SLICE - 1) + "/" + film.length)
            .body(Arrays.copyOf(film, SLICE))
            .reply();
    assertThat(first.status()).isEqualTo(202);
    Wire.Reply status = server.wire().call("GET", url).reply();
    assertThat(status.status()).isEqualTo(200);
    assertThat(status.json().path("nextExpectedRanges").path(0).asText()).isEqualTo(SLICE + "-");
    UploadSession session = session(status);
    session.setUploadUrl(url);
    UploadResult<DriveItem> result =
        task(server.graph().anonymous(), session, Arrays.copyOfRange(film, SLICE, film.length))
            .upload(1, null);
    assertThat(result.isUploadSuccessful()).isTrue();
    assertThat(result.itemResponse.getAdditionalData()).containsEntry("sha256", held.sha256());
  }

  @Verified(year = 2026)
  void aSliceOutOfTurnIs416AndChangesNothing() {
    String url = open().reply().json().path("uploadUrl").asText();
    Wire.Reply early =
        server
            .wire()
            .call("PUT", url)
            .header("Content-Range", "bytes " + SLICE + "-" + (2 * SLICE - 1) + "/" + film.length)
            .body(Arrays.copyOfRange(film, SLICE, 2 * SLICE))
            .reply();
    GraphErrors.refused(416, "InvalidRange", early);
    assertThat(
            server
                .wire()
                .call("GET", url)
                .reply()
                .json()
                .path("nextExpectedRanges")
                .path(0)
                .asText())
        .isEqualTo("0-");
  }

  @Verified(year = 2026)
  void theTaskCancelsItsSession() throws Exception {
    UploadSession session = session(open().reply());
    task(server.graph().anonymous(), session, film).deleteSession();
    GraphErrors.refused(404, "NotFound", server.wire().call("GET", session.getUploadUrl()).reply());
  }

  @Verified(year = 2026)
  void aSmallFileGoesInOnePut() {
    String url = open().reply().json().path("uploadUrl").asText();
    Wire.Reply reply = server.wire().call("PUT", url).body(film).reply();
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("sha256").asText()).isEqualTo(held.sha256());
    assertThat(reply.json().path("size").asLong()).isEqualTo(film.length);
    assertThat(reply.json().path("id").asText()).isNotEmpty();
  }

  @Verified(year = 2026)
  void aFileOfUntoldLength() {
    String url = open().reply().json().path("uploadUrl").asText();
    Wire.Reply reply = server.wire().call("PUT", url).chunked(film).reply();
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("sha256").asText()).isEqualTo(held.sha256());
  }

  @Verified(year = 2026)
  void aClientThatHoldsTheBodyBackIsToldToGoOn() throws IOException {
    // curl does so with every larger file, and waits a second for the word.
    String url = open().reply().json().path("uploadUrl").asText();
    try (Socket socket = ask("PUT", URI.create(url).getRawPath(), film.length)) {
      assertThat(line(socket)).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(line(socket)).isEmpty();
      socket.getOutputStream().write(film);
      assertThat(line(socket)).startsWith("HTTP/1.1 201 ");
    }
  }

  private Socket ask(String method, String path, int length) throws IOException {
    URI http = URI.create(server.ready().http());
    Socket socket = new Socket(http.getHost(), http.getPort());
    socket.setSoTimeout(20_000);
    String head =
        """
        %s %s HTTP/1.1
        Host: localhost
        Content-Length: %d
        Expect: 100-continue

        """
            .formatted(method, path, length)
            .replace("\n", "\r\n");
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read();
        c >= 0 && c != '\n';
        c = socket.getInputStream().read()) {
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Differs("The hand-over is our own; Graph has no way in for recordings")
  void theSameKeyOpensTheSameSession() {
    String key = UUID.randomUUID().toString();
    Wire.Reply first = open().header("Idempotency-Key", key).reply();
    String url = first.json().path("uploadUrl").asText();
    server
        .wire()
        .call("PUT", url)
        .header("Content-Range", "bytes 0-" + (SLICE - 1) + "/" + film.length)
        .body(Arrays.copyOf(film, SLICE))
        .reply();
    JsonNode again = open().header("Idempotency-Key", key).reply().json();
    assertThat(again.path("nextExpectedRanges").path(0).asText()).isEqualTo(SLICE + "-");
  }

  @Differs("The hand-over is our own; Graph has no way in for recordings")
  void whatIsNoMediaIsRefusedWithItsReason() {
    byte[] text = "This is no film.".getBytes(StandardCharsets.US_ASCII);
    String url =
        server
            .wire()
            .call("POST", server.ready().https() + "/intake/v1/recordings")
            .as("intake")
            .json("{\"organizer\":\"" + held.organizer() + "\",\"fileName\":\"text.mp4\"}")
            .reply()
            .json()
            .path("uploadUrl")
            .asText();
    JsonNode error =
        GraphErrors.refused(
            422, "UnprocessableEntity", server.wire().call("PUT", url).body(text).reply());
    assertThat(error.path("message").asText()).isNotEmpty();
    assertThat(server.wire().call("GET", url).reply().json().path("state").asText())
        .isEqualTo("quarantined");
  }

  @Differs("The hand-over is our own; Graph has no way in for recordings")
  void anotherHashThanDeclaredIsRefused() {
    byte[] other = film.clone();
    other[other.length / 2] ^= 1;
    String url = open().reply().json().path("uploadUrl").asText();
    GraphErrors.refused(400, "InvalidRequest", server.wire().call("PUT", url).body(other).reply());
  }

  @Differs("The hand-over is our own; Graph has no way in for recordings")
  void onlyRecordersHandOver() {
    for (String somebody : new String[] {"organizer", "tenantAdmin", "app"}) {
      GraphErrors.refused(403, "Forbidden", open(somebody).reply());
    }
    Wire.Reply nobody =
        server
            .wire()
            .call("POST", server.ready().https() + "/intake/v1/recordings")
            .json("{}")
            .reply();
    GraphErrors.refused(401, "InvalidAuthenticationToken", nobody);
  }

  private Wire.Call open() {
    return open("intake");
  }

  private Wire.Call open(String as) {
    return server
        .wire()
        .call("POST", server.ready().https() + "/intake/v1/recordings")
        .as(as)
        .json(
            """
            {"organizer":"%s","attendees":["%s"],"subject":"Conformance",
             "start":"2026-11-20T09:00:00.1234567Z","fileName":"conformance.mp4",
             "size":%d,"sha256":"%s"}
            """
                .formatted(
                    held.organizer(), server.ready().user("attendee"), film.length, held.sha256()));
  }

  private LargeFileUploadTask<DriveItem> task(
      RequestAdapter adapter, UploadSession session, byte[] rest)
      throws ReflectiveOperationException, IOException {
    return new LargeFileUploadTask<>(
        adapter,
        session,
        new ByteArrayInputStream(rest),
        film.length,
        SLICE,
        DriveItem::createFromDiscriminatorValue);
  }

  private static UploadSession session(Wire.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return new JsonParseNodeFactory()
        .getParseNode("application/json", new ByteArrayInputStream(reply.body()))
        .getObjectValue(UploadSession::createFromDiscriminatorValue);
  }
}
