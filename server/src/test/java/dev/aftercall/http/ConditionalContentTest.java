package dev.aftercall.http;

import static dev.aftercall.http.RangeContract.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels and conditions of content. RFC 9110, 13; RFC 6266. */
final class ConditionalContentTest {
  private static final String KEPT = "Mon, 23 Nov 2026 09:30:00 GMT";

  private static TestServer server;
  private static Recorded recorded;
  private static String organizer;

  @BeforeAll
  static void start() {
    server = new TestServer();
    recorded = server.record();
    organizer = server.user(TestServer.ORGANIZER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void labels() {
    HttpResponse<byte[]> answer = get();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(field(answer, "Last-Modified")).isEqualTo(KEPT);
    assertThat(field(answer, "Cache-Control")).isEqualTo("private, no-cache");
    assertThat(field(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(field(answer, "Content-Disposition"))
        .isEqualTo("inline; filename=\"weekly.mp4\"; filename*=UTF-8''weekly.mp4");
    assertThat(field(answer, "request-id")).isNotEmpty();
    assertThat(answer.headers().firstValue("OData-Version")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a \"quoted\".mp4      | a _quoted_.mp4    | a%20%22quoted%22.mp4",
        "../../etc/passwd      | .._.._etc_passwd  | ..%2F..%2Fetc%2Fpasswd",
        "C:\\x\\y.mp4          | C:_x_y.mp4        | C%3A%5Cx%5Cy.mp4",
        "Überblick 🎥.mp4      | _berblick _.mp4   | %C3%9Cberblick%20%F0%9F%8E%A5.mp4",
        "100%; filename=x      | 100__ filename=x  | 100%25%3B%20filename%3Dx",
        "it's (a) *test*       | it's (a) *test*   | it%27s%20%28a%29%20%2Atest%2A"
      })
  void aNastyFileNameStaysAName(String name, String plain, String extended) {
    Recorded nasty = server.handOver().with("fileName", name.strip()).keep();

    assertThat(field(server.get(nasty.contentPath(), organizer), "Content-Disposition"))
        .isEqualTo(
            "inline; filename=\"" + plain.strip() + "\"; filename*=UTF-8''" + extended.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "If-None-Match       | {tag}                            | 304",
        "If-None-Match       | W/{tag}                          | 304",
        "If-None-Match       | \"a\", {tag}                     | 304",
        "If-None-Match       | *                                | 304",
        "If-None-Match       | \"a\"                            | 200",
        "If-None-Match       | {bare}                           | 200",
        "If-Modified-Since   | Mon, 23 Nov 2026 09:30:00 GMT    | 304",
        "If-Modified-Since   | Tue, 24 Nov 2026 09:30:00 GMT    | 304",
        "If-Modified-Since   | Mon, 23 Nov 2026 09:29:59 GMT    | 200",
        "If-Modified-Since   | Monday, 23-Nov-26 09:30:00 GMT   | 304",
        "If-Modified-Since   | Mon Nov 23 09:30:00 2026         | 304",
        "If-Modified-Since   | yesterday                        | 200",
        "If-Match            | {tag}                            | 200",
        "If-Match            | *                                | 200",
        "If-Match            | \"a\", {tag}                     | 200",
        "If-Match            | \"a\"                            | 412",
        "If-Match            | W/{tag}                          | 412",
        "If-Unmodified-Since | Mon, 23 Nov 2026 09:30:00 GMT    | 200",
        "If-Unmodified-Since | Mon, 23 Nov 2026 09:29:59 GMT    | 412",
        "If-Unmodified-Since | nonsense                         | 200"
      })
  void conditions(String name, String value, int status) {
    HttpResponse<byte[]> answer =
        get(
            name.strip(),
            value
                .strip()
                .replace("{tag}", recorded.entityTag())
                .replace("{bare}", recorded.sha256()));

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status != 200) {
      assertThat(server.journal(field(answer, "request-id")).delivery())
          .isEqualTo(new Delivery(status, 0, true));
    }
  }

  @Test
  void theTagCountsBeforeTheDate() {
    assertThat(get("If-None-Match", "\"a\"", "If-Modified-Since", KEPT).statusCode())
        .isEqualTo(200);
    assertThat(
            get(
                    "If-Match",
                    recorded.entityTag(),
                    "If-Unmodified-Since",
                    "Mon, 23 Nov 2020 09:30:00 GMT")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void conditionsCountBeforeRanges() {
    assertThat(get("If-None-Match", recorded.entityTag(), "Range", "bytes=0-1").statusCode())
        .isEqualTo(304);
    assertThat(get("If-Match", "\"a\"", "Range", "bytes=0-1").statusCode()).isEqualTo(412);
  }

  @Test
  void notModifiedCarriesTheValidatorsAndNoBody() {
    RawHttp.Answer answer =
        RawHttp.exchange(
            server,
            "GET "
                + recorded.contentPath()
                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + organizer
                + "\r\nIf-None-Match: "
                + recorded.entityTag()
                + "\r\n\r\n");

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.header("ETag")).hasValue(recorded.entityTag());
    assertThat(answer.header("Cache-Control")).hasValue("private, no-cache");
    assertThat(answer.header("Content-Length")).as("not the length of nothing").isEmpty();
  }

  @Test
  void aFailedPreconditionIsAGraphError() {
    HttpResponse<byte[]> answer = get("If-Match", "\"a\"");

    assertThat(new String(answer.body(), UTF_8))
        .startsWith("{\"error\":{\"code\":\"PreconditionFailed\"");
    assertThat(field(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(field(answer, "Content-Disposition")).as("the error is no film").isEmpty();
  }

  private static HttpResponse<byte[]> get(String... fields) {
    return server.get(recorded.contentPath(), organizer, fields);
  }
}
