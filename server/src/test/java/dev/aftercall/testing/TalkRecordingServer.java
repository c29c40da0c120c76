package dev.aftercall.testing;

import dev.aftercall.digest.Hmac;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Nextcloud Talk's recording server, as far as it speaks to Nextcloud. */
public final class TalkRecordingServer {
  private static final String BOUNDARY = "8f2d3a1c5b7e4d6f9a0b1c2d3e4f5a6b";

  private final HttpClient client;
  private final String secret;
  private int requests;

  /** A server that shares a secret with Nextcloud. */
  public TalkRecordingServer(HttpClient client, String secret) {
    this.client = client;
    this.secret = secret;
  }

  /** A recording on the recording server's disk. */
  public record Recording(String conversation, String owner, String name, byte[] bytes) {}

  /** A random text that was not used yet. */
  public String random() {
    return "%064d".formatted(++requests);
  }

  /** What stands before the bytes of a file. */
  public static byte[] before(Recording recording) {
    return """
        --%s\r
        Content-Disposition: form-data; name="owner"\r
        \r
        %s\r
        --%s\r
        Content-Disposition: form-data; name="file"; filename="%s"\r
        \r
        """
        .formatted(BOUNDARY, recording.owner(), BOUNDARY, recording.name())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What stands behind them. */
  public static byte[] behind() {
    return ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The whole form. */
  public static byte[] form(Recording recording) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(before(recording));
    form.writeBytes(recording.bytes());
    form.writeBytes(behind());
    return form.toByteArray();
  }

  /** The same as a stream. */
  public static InputStream stream(Recording recording, InputStream bytes) {
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(before(recording)),
                bytes,
                new ByteArrayInputStream(behind()))));
  }

  /** The head of an upload. */
  public HttpRequest.Builder upload(String base, String conversation, String random) {
    return request(base, conversation + "/store", random, conversation)
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
  }

  /** Uploads whole. */
  public HttpResponse<String> upload(String base, Recording recording, String random)
      throws IOException, InterruptedException {
    return send(
        upload(base, recording.conversation(), random)
            .POST(BodyPublishers.ofByteArray(form(recording))));
  }

  /** Asks first whether it may send in pieces. */
  public HttpResponse<String> requestUpload(String base, Recording recording)
      throws IOException, InterruptedException {
    return send(
        request(
                base,
                recording.conversation() + "/request-upload",
                random(),
                recording.conversation())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"owner\":\"x\",\"fileName\":\"y\"}")));
  }

  /** Tells of an event. */
  public HttpResponse<String> event(String base, String json, String random)
      throws IOException, InterruptedException {
    return send(
        request(base, "backend", random, json)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String base, String path, String random, String proved) {
    return HttpRequest.newBuilder(
            URI.create(base + "/ocs/v2.php/apps/spreed/api/v1/recording/" + path))
        .timeout(Duration.ofMinutes(5))
        .header("OCS-ApiRequest", "true")
        .header("Talk-Recording-Random", random)
        .header("Talk-Recording-Checksum", Hmac.hex(secret, random + proved));
  }

  /** Sends. */
  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
