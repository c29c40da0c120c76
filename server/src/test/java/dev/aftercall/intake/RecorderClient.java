package dev.aftercall.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A recorder that goes on where it was, whatever became of the server. */
final class RecorderClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final ServerProcess server;
  private final int slice;

  /** One file on its way, and the path of its upload once there is one. */
  static final class Session {
    final String key;
    final byte[] file;
    volatile String path = "";

    Session(String key, byte[] file) {
      this.key = key;
      this.file = file;
    }

    /** What is said of the file: a transcript alone, or a recording with its transcript. */
    String kind() {
      return file[0] == 'W' ? "\"kind\":\"transcript\"" : "\"transcript\":\"WEBVTT\\n\"";
    }
  }

  /** An answer that is not the one wanted. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
    final int status;

    Refused(int status, String body) {
      super(status + " " + body);
      this.status = status;
    }
  }

  RecorderClient(HttpClient client, ServerProcess server, int slice) {
    this.client = client;
    this.server = server;
    this.slice = slice;
  }

  /** How the ids of transcripts begin, in base64. */
  private static final String TRANSCRIPT = "MSMjMCMj";

  /** Sends what is missing and gives the receipt. */
  JsonNode handOver(Session session) throws IOException, InterruptedException {
    if (session.path.isEmpty()) {
      session.path = URI.create(open(session).path("uploadUrl").asText()).getRawPath();
    }
    JsonNode status = JSON.readTree(body(request(session.path).GET().build(), 200));
    while (!status.has("receipt") && !status.has("sha256")) {
      String range = status.path("nextExpectedRanges").path(0).asText();
      int from = range.isEmpty() ? 0 : Integer.parseInt(range.replace("-", ""));
      int to = Math.min(session.file.length, from + slice);
      HttpRequest put =
          request(session.path)
              .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + session.file.length)
              .PUT(BodyPublishers.ofByteArray(session.file, from, to - from))
              .build();
      status = JSON.readTree(body(put, 201, 202));
    }
    return status.has("receipt") ? status.path("receipt") : status;
  }

  private JsonNode open(Session session) throws IOException, InterruptedException {
    String organizer = server.ready.path("users").path("organizer").asText();
    HttpRequest post =
        request("/intake/v1/recordings")
            .header("Authorization", "Bearer " + server.token("intake"))
            .header("Idempotency-Key", session.key)
            .POST(
                BodyPublishers.ofString(
                    "{\"organizer\":\""
                        + organizer
                        + "\","
                        + session.kind()
                        + ",\"size\":"
                        + session.file.length
                        + "}"))
            .build();
    return JSON.readTree(body(post, 200));
  }

  /** The metadata that the organizer reads. */
  JsonNode metadata(JsonNode receipt) throws IOException, InterruptedException {
    return JSON.readTree(body(read(receipt, ""), 200));
  }

  /** The bytes that the organizer reads. */
  byte[] content(JsonNode receipt) throws IOException, InterruptedException {
    return body(read(receipt, "/content"), 200);
  }

  /** What the organizer is answered who wants a picture. */
  HttpResponse<byte[]> picture(JsonNode receipt, String which)
      throws IOException, InterruptedException {
    URI content = read(receipt, "/" + which).uri();
    String path = content.getRawPath().replaceFirst("^/v1.0/", "/pictures/v1/");
    return client.send(
        request(path).header("Authorization", "Bearer " + server.token("organizer")).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest read(JsonNode receipt, String what) {
    return request(
            "/v1.0/me/onlineMeetings/"
                + receipt.path("meetingId").asText()
                + (receipt.path("id").asText().startsWith(TRANSCRIPT)
                    ? "/transcripts/"
                    : "/recordings/")
                + receipt.path("id").asText()
                + what)
        .header("Authorization", "Bearer " + server.token("organizer"))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.base() + path)).timeout(Duration.ofSeconds(30));
  }

  private byte[] body(HttpRequest request, int... wanted) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    for (int status : wanted) {
      if (response.statusCode() == status) {
        return response.body();
      }
    }
    throw new Refused(
        response.statusCode(),
        new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
  }
}
