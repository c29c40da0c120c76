package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.dev.demo.DemoDirectory;
import dev.aftercall.intake.IntakeServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handing over through a socket, as a recorder or a Graph SDK's upload task does. */
final class IntakeProtocolTest {
  private static final byte[] FILE = Samples.mp4(5, 700_000);
  private static final int SLICE = 320 * 1024;

  private static IntakeServer server;

  @BeforeAll
  static void start(@TempDir Path dataDir) throws IOException {
    server = new IntakeServer(dataDir);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void opensAnUpload() throws Exception {
    Reply reply = server.post(server.metadata(), "Authorization", bearer());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("uploadUrl").asText())
        .matches(server.base + "/intake/v1/uploads/[0-9a-f-]{36}/[A-Za-z0-9_-]{43}");
    assertThat(reply.json().path("expirationDateTime").asText())
        .matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");
    assertThat(reply.json().path("nextExpectedRanges").toString()).isEqualTo("[\"0-\"]");
    assertThat(reply.raw().headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void takesSlicesAsUploadTasksSendThem() throws Exception {
    String url = server.open(server.metadata());
    int at = 0;
    Reply reply = server.get(url);
    while (at < FILE.length) {
      int end = Math.min(FILE.length, at + SLICE);
      reply = server.put(url, FILE, at, end);
      assertThat(reply.status()).isEqualTo(end == FILE.length ? 201 : 202);
      if (end < FILE.length) {
        assertThat(reply.json().path("nextExpectedRanges").toString())
            .isEqualTo("[\"" + end + "-\"]");
        assertThat(reply.json().path("expirationDateTime").asText()).isNotEmpty();
      }
      at = end;
    }
    assertReceipt(reply.json());

    Reply after = server.get(url);
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.json().path("nextExpectedRanges")).isEmpty();
    assertThat(after.json().path("state").asText()).isEqualTo("ready");
    assertThat(after.json().path("receipt")).isEqualTo(reply.json());
    Reply again = server.put(url, FILE, at - 10, FILE.length);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json()).isEqualTo(reply.json());
  }

  @Test
  void takesAWholeFileInOnePut() throws Exception {
    Reply reply =
        server.send("PUT", server.open(server.metadata()), BodyPublishers.ofByteArray(FILE));
    assertThat(reply.status()).isEqualTo(201);
    assertReceipt(reply.json());
  }

  @Test
  void takesAFileOfUnknownLength() throws Exception {
    Reply reply =
        server.send(
            "PUT",
            server.open(server.metadata()),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(FILE)));
    assertThat(reply.status()).isEqualTo(201);
    assertReceipt(reply.json());
  }

  @Test
  void takesABodyInPiecesOfAnySize() throws Exception {
    URI target = URI.create(server.open(server.metadata()));
    try (Socket socket = new Socket(target.getHost(), target.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "PUT "
              + target.getRawPath()
              + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      int size = 1;
      for (int at = 0; at < FILE.length; at += size) {
        // 1 byte, and some about each of the sizes that the server reads and keeps by.
        size = Math.min((size * 7 + 3) % 70_001, FILE.length - at);
        out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(FILE, at, size);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] answer = new byte[12];
      assertThat(socket.getInputStream().readNBytes(answer, 0, answer.length)).isEqualTo(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 201");
    }
    assertReceipt(server.get(target.toString()).json().path("receipt"));
  }

  @Test
  void aClientCutOffGoesOn() throws Exception {
    String url = server.open(server.metadata());
    URI target = URI.create(url);
    try (Socket socket = new Socket(target.getHost(), target.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "PUT "
              + target.getRawPath()
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + FILE.length
              + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(FILE, 0, 500_000);
      out.flush();
    }
    // The server notices the end in its own time: it is asked until it has taken what came.
    int received = 0;
    int status = 409;
    long until = System.nanoTime() + 30_000_000_000L;
    while (status == 409 && System.nanoTime() < until) {
      JsonNode ranges = server.get(url).json().path("nextExpectedRanges");
      received = Integer.parseInt(ranges.path(0).asText().replace("-", ""));
      Reply reply = server.put(url, FILE, received, FILE.length);
      status = reply.status();
      if (status == 201) {
        assertReceipt(reply.json());
      }
    }
    assertThat(status).isEqualTo(201);
    assertThat(received).isLessThanOrEqualTo(500_000);
  }

  @Test
  void cancels() throws Exception {
    String url = server.open(server.metadata());
    server.put(url, FILE, 0, SLICE);
    Reply reply = server.send("DELETE", url, BodyPublishers.noBody());
    assertThat(reply.status()).isEqualTo(204);
    assertError(server.get(url), 404, "NotFound", "cancelled");
    assertError(server.put(url, FILE, SLICE, FILE.length), 404, "NotFound", "cancelled");
  }

  @Test
  void onlyRecordersHandOver() throws Exception {
    String reader = server.issuer.mintApplication(server.people.app(DemoDirectory.App.READER));
    assertError(
        server.post(server.metadata(), "Authorization", "Bearer " + reader),
        403,
        "Forbidden",
        "Recording.Intake");
    assertError(
        server.post(server.metadata(), "Authorization", "Bearer " + server.organizer()),
        403,
        "Forbidden",
        "Recording.Intake");
    assertError(
        server.post(server.metadata()), 401, "InvalidAuthenticationToken", "token is empty");
    assertThat(server.get(server.base + "/intake/v1/recordings").status()).isIn(401, 405);
  }

  @Test
  void saysWhatIsWrongWithTheMetadata() throws Exception {
    assertError(
        server.post("{\"organiser\":\"x\"}", "Authorization", bearer()),
        400,
        "InvalidRequest",
        "organiser");
    assertError(server.post("{", "Authorization", bearer()), 400, "InvalidRequest", "not JSON");
    assertError(
        server.post(
            server.metadata(), "Authorization", bearer(), "Idempotency-Key", "k".repeat(256)),
        400,
        "InvalidRequest",
        "Idempotency-Key");
    assertError(
        server.post(" ".repeat((16 << 20) + 1), "Authorization", bearer()),
        413,
        "RequestEntityTooLarge",
        "16 MiB");
    String large = server.metadata().replace("}", ",\"size\":" + (IntakeServer.LARGEST + 1) + "}");
    assertError(
        server.post(large, "Authorization", bearer()), 413, "RequestEntityTooLarge", "larger");
  }

  @Test
  void aKeyOpensOneUpload() throws Exception {
    String[] fields = {"Authorization", bearer(), "Idempotency-Key", "call-1"};
    String first = server.post(server.metadata(), fields).json().path("uploadUrl").asText();
    String second = server.post(server.metadata(), fields).json().path("uploadUrl").asText();
    assertThat(upload(second)).isEqualTo(upload(first));
    assertError(server.get(first), 404, "NotFound", "no such upload");
    assertError(
        server.post(server.metadata().replace("}", ",\"subject\":\"x\"}"), fields),
        409,
        "Conflict",
        "key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 0-9",
        "bytes 0-9/*",
        "bytes */100",
        "bytes 9-0/100",
        "bytes 0-100/100",
        "bytes 0-8/100",
        "bytes 0-99999999999999999999/100",
        "items 0-9/100",
        "0-9/100"
      })
  void refusesARangeThatMakesNoSense(String range) throws Exception {
    String url = server.open(server.metadata());
    Reply reply =
        server.send("PUT", url, BodyPublishers.ofByteArray(new byte[10]), "Content-Range", range);
    assertError(reply, 400, "InvalidRequest", "Content-Range");
    assertThat(server.get(url).json().path("nextExpectedRanges").toString()).isEqualTo("[\"0-\"]");
  }

  @Test
  void refusesSlicesOutOfTurnAndStrangers() throws Exception {
    String url = server.open(server.metadata());
    assertError(server.put(url, FILE, 10, 20), 416, "InvalidRange", "byte 10");
    String secret = url.substring(url.lastIndexOf('/') + 1);
    String stranger = url.replace(secret, "A".repeat(43));
    assertError(server.get(stranger), 404, "NotFound", "no such upload");
    assertError(server.put(stranger, FILE, 0, 10), 404, "NotFound", "no such upload");
    assertError(
        server.send("DELETE", stranger, BodyPublishers.noBody()),
        404,
        "NotFound",
        "no such upload");
    assertError(
        server.send("POST", url, BodyPublishers.noBody()), 405, "Request_BadRequest", "method");
    assertThat(server.get(url).status()).isEqualTo(200);
  }

  @Test
  void saysWhyAFileWasNotTaken() throws Exception {
    byte[] text = "Minutes".getBytes(StandardCharsets.UTF_8);
    String url = server.open(server.metadata());
    assertError(server.put(url, text, 0, text.length), 422, "UnprocessableEntity", "quarantine");
    Reply status = server.get(url);
    assertThat(status.json().path("state").asText()).isEqualTo("quarantined");
    assertThat(status.json().path("reason").asText()).isNotEmpty();
    assertThat(status.json().path("nextExpectedRanges")).isEmpty();
    assertError(server.put(url, text, 0, text.length), 422, "UnprocessableEntity", "quarantine");

    String hash = server.metadata().replace("}", ",\"sha256\":\"" + "0".repeat(64) + "\"}");
    assertError(
        server.put(server.open(hash), FILE, 0, FILE.length),
        400,
        "InvalidRequest",
        Samples.sha256(FILE));
    byte[] cut = Arrays.copyOf(FILE, 3_000);
    assertError(
        server.put(server.open(server.metadata()), cut, 0, cut.length),
        422,
        "UnprocessableEntity",
        "quarantine");
  }

  @Test
  void refusesAFileLargerThanTheLargest() throws Exception {
    byte[] large = Samples.mp4(6, (int) IntakeServer.LARGEST);
    String url = server.open(server.metadata());
    assertError(server.put(url, large, 0, 1_000), 413, "RequestEntityTooLarge", "larger");
    InputStream unknown = new ByteArrayInputStream(large);
    assertError(
        server.send("PUT", url, BodyPublishers.ofInputStream(() -> unknown)),
        413,
        "RequestEntityTooLarge",
        "larger");
  }

  private static void assertReceipt(JsonNode receipt) throws Exception {
    assertThat(receipt.path("sha256").asText()).isEqualTo(Samples.sha256(FILE));
    assertThat(receipt.path("size").asLong()).isEqualTo(FILE.length);
    assertThat(receipt.path("durationSeconds").asDouble()).isBetween(1.9, 2.2);
    assertThat(receipt.has("transcriptId")).isFalse();
    assertThat(server.content(receipt)).isEqualTo(FILE);
  }

  private static void assertError(Reply reply, int status, String code, String says) {
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(status);
    JsonNode error = reply.json().path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(says);
    assertThat(error.path("innerError").path("request-id").asText()).isNotEmpty();
  }

  private static String bearer() {
    return "Bearer " + server.recorder();
  }

  private static String upload(String url) {
    return url.substring(0, url.lastIndexOf('/'));
  }
}
