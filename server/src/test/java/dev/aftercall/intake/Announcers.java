package dev.aftercall.intake;

import dev.aftercall.arrival.Sources;
import dev.aftercall.digest.Hmac;
import dev.aftercall.digest.Sha256;
import dev.aftercall.testing.BigBlueButtonServer;
import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Recorders that announce and are fetched from: LiveKit, whose files lie in a bucket or on a host;
 * BigBlueButton, with one film or with webcams and screens; a bucket that notifies; Zoom. All of
 * them live on when the server dies.
 */
final class Announcers implements AutoCloseable {
  private static final String KEY = "APIabcdefghijkl";
  private static final int KINDS = 6;

  /** Every so many files are none that play. */
  private static final int JUNK = 7;

  /** Every so many are large enough to be killed half way. */
  private static final int LARGE = 5;

  private final long seed;
  private final BlobStore objects = new TransientNio2BlobStore();
  private final S3ProxyServer s3 = S3ProxyServer.start(objects);
  private final BigBlueButtonServer host;
  private final StringBuilder listed = new StringBuilder();
  private final List<String> films = new ArrayList<>();
  private final List<String> junk = new ArrayList<>();
  private int count;

  /** What is sent, signed anew each time, to the server at that base. */
  record News(String id, Function<String, HttpRequest> request) {}

  Announcers(long seed) throws IOException {
    this.seed = seed;
    this.host = new BigBlueButtonServer();
  }

  /** Hashes of what must become recordings. */
  List<String> films() {
    return films;
  }

  /** Hashes of what must go to quarantine. */
  List<String> junk() {
    return junk;
  }

  /** Settings that connect them all. */
  List<String> settings() {
    List<String> lines = new ArrayList<>();
    source(lines, "livekit", "livekit", "key=" + KEY, "hosts=" + host.host(), "plain-http=true");
    source(lines, "bbb", "bigbluebutton", "url=" + host.url(), "plain-http=true");
    source(lines, "bucket", "s3");
    source(lines, "zoom", "zoom", "hosts=" + host.host(), "plain-http=true");
    for (String name : List.of("livekit", "bucket")) {
      add(
          lines,
          name,
          "s3.endpoint=" + s3.endpoint(),
          "s3.path-style=true",
          "s3.buckets=" + s3.bucket(),
          "s3.access-key=" + s3.accessKey(),
          "s3.secret-key=" + s3.secretKey());
    }
    return lines;
  }

  private static void source(List<String> lines, String name, String type, String... more) {
    add(lines, name, "type=" + type, "tenant=" + TestServer.TENANT, "secret=" + Sources.SECRET);
    add(lines, name, more);
  }

  private static void add(List<String> lines, String name, String... more) {
    for (String line : more) {
      lines.add("intake.source." + name + "." + line);
    }
  }

  /** One of them has recorded something. */
  News next() {
    int number = count++;
    String name = "%04d".formatted(number);
    return switch (number % KINDS) {
      case 0 -> liveKit(name, s3.endpoint() + "/" + s3.bucket() + "/", this::object);
      case 1 -> liveKit(name, "http://" + host.host() + "/", (path, file) -> web("/" + path, file));
      case 2 -> bigBlueButton(number, "video");
      case 3 -> bigBlueButton(number, "presentation");
      case 4 -> bucket(name);
      default -> zoom(name);
    };
  }

  /** Puts a file somewhere. */
  private interface Place {
    void put(String path, byte[] file);
  }

  private byte[] file(boolean mayBeJunk) {
    int number = films.size() + junk.size();
    if (mayBeJunk && number % JUNK == JUNK - 1) {
      byte[] none = ("no film, number " + number).getBytes(StandardCharsets.UTF_8);
      junk.add(Sha256.hex(none));
      return none;
    }
    int size = number % LARGE == 0 ? 4_000_000 : 20_000;
    byte[] film = Samples.mp4(seed * 1_000 + number, size + number * 50);
    films.add(Sha256.hex(film));
    return film;
  }

  private void object(String key, byte[] bytes) {
    objects.putBlob(
        PutObjectRequest.builder()
            .bucket(s3.bucket())
            .key(key)
            .contentType("video/mp4")
            .contentLength((long) bytes.length)
            .build(),
        new ByteArrayInputStream(bytes));
  }

  private void web(String path, byte[] bytes) {
    host.has(path, bytes);
  }

  private News liveKit(String name, String base, Place place) {
    byte[] file = file(true);
    String path = "rec/" + name + ".mp4";
    place.put(path, file);
    String body =
        """
        {"event":"egress_ended","id":"EV_%1$s","createdAt":"1795424405","egressInfo":{
         "egressId":"EG_%1$s","roomId":"RM_%1$s","roomName":"weekly","status":"EGRESS_COMPLETE",
         "startedAt":"1795420800000000000","endedAt":"1795424400000000000","fileResults":[{
         "filename":"%2$s","size":"%3$d","location":"%4$s%2$s"}]}}"""
            .formatted(name, path, file.length, base);
    return new News(
        "livekit " + name,
        server ->
            post(server, "livekit", body)
                .header("Authorization", token(body))
                .header("Content-Type", "application/webhook+json")
                .build());
  }

  /** As livekit/protocol's webhook notifier makes it. */
  private static String token(String body) {
    Instant now = Instant.now();
    String signed =
        base64("{\"alg\":\"HS256\"}")
            + "."
            + base64(
                "{\"iss\":\"%s\",\"nbf\":%d,\"exp\":%d,\"sha256\":\"%s\"}"
                    .formatted(
                        KEY,
                        now.getEpochSecond(),
                        now.plus(Duration.ofMinutes(5)).getEpochSecond(),
                        Base64.getEncoder().encodeToString(Sha256.of(body))));
    return signed
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                Hmac.sha256(Sources.SECRET, signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private News bigBlueButton(int number, String format) {
    String id = "%040x-%013d".formatted(number, 1_554_230_749_920L + number);
    if (format.equals("video")) {
      web("/playback/video/" + id + "/video-0.m4v", file(true));
    } else {
      web("/presentation/" + id + "/video/webcams.mp4", file(true));
      web("/presentation/" + id + "/deskshare/deskshare.mp4", file(false));
    }
    listed.append(
        """
        <recording><recordID>%1$s</recordID><meetingID>weekly</meetingID>
         <internalMeetingID>%1$s</internalMeetingID><name>Weekly</name><published>true</published>
         <state>published</state><startTime>1554230749920</startTime>
         <endTime>1554234349920</endTime><metadata/></recording>"""
            .formatted(id));
    host.lists("<recordings>" + listed + "</recordings>");
    String event =
        """
        [{"data":{"type":"event","id":"rap-publish-ended","attributes":{"meeting":{
         "internal-meeting-id":"%1$s","external-meeting-id":"weekly"},"record-id":"%1$s",
         "success":true,"workflow":"%2$s","recording":{"name":"Weekly",
         "start-time":1554230749920,"end-time":1554234349920,"metadata":{}}},
         "event":{"ts":1554240000000}}}]"""
            .formatted(id, format);
    String body =
        "domain=bbb.example.org&event=" + URLEncoder.encode(event, StandardCharsets.UTF_8);
    return new News(
        "bbb " + id,
        server ->
            post(server, "bbb", body)
                .header("Authorization", "Bearer " + Sources.SECRET)
                .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
                .build());
  }

  private News bucket(String name) {
    byte[] file = file(true);
    object("drop/" + name + ".mp4", file);
    String body =
        """
        {"Records":[{"eventSource":"minio:s3","eventTime":"2026-11-23T09:25:00.123Z",
         "eventName":"s3:ObjectCreated:Put","s3":{"bucket":{"name":"%s"},"object":{
         "key":"drop%%2F%s.mp4","size":%d,"eTag":"%s"}}}]}"""
            .formatted(s3.bucket(), name, file.length, name);
    return new News(
        "bucket " + name,
        server ->
            post(server, "bucket", body)
                .header("Authorization", "Bearer " + Sources.SECRET)
                .build());
  }

  /** One meeting of two views; each a recording. */
  private News zoom(String name) {
    List<String> files = new ArrayList<>();
    for (String view : List.of("active_speaker", "gallery_view")) {
      byte[] file = file(true);
      String path = "/rec/webhook_download/" + name + view;
      web(path, file);
      files.add(
          """
          {"id":"%s%s","recording_start":"2026-11-23T08:44:51Z",
           "recording_end":"2026-11-23T09:44:51Z","recording_type":"%s","file_type":"MP4",
           "file_extension":"MP4","file_size":%d,"download_url":"http://%s%s",
           "status":"completed"}"""
              .formatted(name, view, view, file.length, host.host(), path));
    }
    String body =
        """
        {"event":"recording.completed","download_token":"abJhbGciOiJIUzUxMiJ9.token",
         "payload":{"object":{"uuid":"%s==","topic":"Weekly","recording_files":[%s]}}}"""
            .formatted(name, String.join(",", files));
    return new News(
        "zoom " + name,
        server -> {
          String seconds = Long.toString(Instant.now().getEpochSecond());
          String signed = "v0:" + seconds + ":" + body;
          return post(server, "zoom", body)
              .header("x-zm-request-timestamp", seconds)
              .header("x-zm-signature", "v0=" + Hmac.hex(Sources.SECRET, signed))
              .build();
        });
  }

  private static HttpRequest.Builder post(String server, String source, String body) {
    return HttpRequest.newBuilder(URI.create(server + "/intake/v1/sources/" + source))
        .timeout(Duration.ofSeconds(30))
        .POST(BodyPublishers.ofString(body));
  }

  @Override
  public void close() {
    s3.close();
    host.close();
  }
}
