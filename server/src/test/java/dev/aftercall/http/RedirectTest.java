package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Content in S3 by redirect: 302 with an absolute URL that needs no token and takes ranges. */
final class RedirectTest {
  private static final HttpClient PLAIN = HttpClient.newHttpClient();

  private static S3ProxyServer s3;
  private static TestServer server;
  private static Recorded recorded;
  private static String organizer;

  @BeforeAll
  static void start() {
    s3 = S3ProxyServer.start();
    server = new TestServer(TestSetup.onS3(s3.location()));
    recorded = server.handOver().with("fileName", "Über \"uns\".mp4").keep();
    organizer = server.user(TestServer.ORGANIZER);
  }

  @AfterAll
  static void stop() {
    server.close();
    s3.close();
  }

  @Test
  void theAnswerIsA302ThatLeadsToTheBytes() throws Exception {
    HttpResponse<byte[]> answer = server.get(recorded.contentPath(), organizer);

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.body()).isEmpty();
    assertThat(RangeContract.field(answer, "Cache-Control")).isEqualTo("private, no-store");
    HttpResponse<byte[]> bytes = plain(answer);
    assertThat(bytes.statusCode()).isEqualTo(200);
    assertThat(bytes.body()).isEqualTo(recorded.bytes());
    assertThat(RangeContract.field(bytes, "Content-Type")).isEqualTo("video/mp4");
    assertThat(RangeContract.field(bytes, "Content-Disposition"))
        .contains("filename*=UTF-8''%C3%9Cber%20%22uns%22.mp4");
    String id = RangeContract.field(answer, "request-id");
    assertThat(server.journal(id).delivery()).isEqualTo(new Delivery(302, 0, true));
  }

  @Test
  void theUrlTakesRanges() throws Exception {
    HttpResponse<byte[]> answer =
        server.get(recorded.contentPath(), organizer, "Range", "bytes=10-19");

    HttpResponse<byte[]> part = plain(answer, "Range", "bytes=10-19");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(recorded.bytes(), 10, 20));
  }

  @Test
  void aRefusalNamesNoUrl() {
    HttpResponse<byte[]> answer =
        server.get(recorded.contentPath(), server.user(TestServer.OUTSIDER));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }

  @Test
  void whatTheClientHasIsNotModified() {
    HttpResponse<byte[]> answer =
        server.get(recorded.contentPath(), organizer, "If-None-Match", recorded.entityTag());

    assertThat(answer.statusCode()).isEqualTo(304);
  }

  /** A URL signed for GET refuses HEAD, and a client that only asks needs none. */
  @Test
  void headIsAnsweredHere() {
    HttpResponse<byte[]> answer =
        server.send(
            server
                .request(recorded.contentPath(), organizer)
                .method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(RangeContract.field(answer, "Content-Length"))
        .isEqualTo(Integer.toString(recorded.bytes().length));
  }

  private static HttpResponse<byte[]> plain(HttpResponse<byte[]> redirect, String... fields)
      throws IOException, InterruptedException {
    URI location = URI.create(RangeContract.field(redirect, "Location"));
    assertThat(location.isAbsolute()).isTrue();
    HttpRequest.Builder request = HttpRequest.newBuilder(location);
    return PLAIN.send(
        (fields.length == 0 ? request : request.headers(fields)).build(),
        BodyHandlers.ofByteArray());
  }
}
