package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTP server itself refuses is a Graph error too, and what it takes it takes calmly. */
final class ConnectionTest {
  private static final Pattern LINK = Pattern.compile("\"recordingContentUrl\":\"([^\"]*)/v1.0/");

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
  void headersTooLarge() {
    refused(get("x-big: " + "x".repeat(20_000)), 431, "RequestHeaderFieldsTooLarge");
  }

  @Test
  void requestLineTooLong() {
    refused(
        "GET /v1.0/" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
        414,
        "RequestUriTooLong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
        "GET / HTTP/x.y\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"
      })
  void garbage(String request) {
    refused(request, 400, "BadRequest");
  }

  @Test
  void anUpgradeToHttp2IsIgnored() {
    String request =
        get(
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings:"
                + " AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA");

    assertThat(RawHttp.exchange(server, request).status()).isEqualTo(200);
  }

  @Test
  void severalRequestsOnOneConnectionKeepTheirOrder() {
    try (RawHttp raw = RawHttp.to(server)) {
      raw.send(get("client-request-id: one"))
          .send("GET /nothing HTTP/1.1\r\nHost: x\r\nclient-request-id: two\r\n\r\n")
          .send(get("client-request-id: three"));

      assertThat(raw.read(false).header("client-request-id")).hasValue("one");
      assertThat(raw.read(false).header("client-request-id")).hasValue("two");
      assertThat(raw.read(false).header("client-request-id")).hasValue("three");
    }
  }

  @Test
  void aClientRequestIdThatCouldBreakAHeaderIsNotRepeated() {
    RawHttp.Answer answer = RawHttp.exchange(server, get("client-request-id: a b\u00e9\"<script>"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("client-request-id")).isEqualTo(answer.header("request-id"));
  }

  @Test
  void linksFollowTheHostField() {
    assertThat(linkFor("Host: Recordings.Example.org:9443"))
        .isEqualTo("http://Recordings.Example.org:9443");
    assertThat(linkFor("Host: [::1]:8080")).isEqualTo("http://[::1]:8080");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil\"onload=\"x",
        "Host: a b",
        "Host: evil.org/path?x",
        "Host: user@evil.org",
        "Host: evil.org\\x",
        "Host: evil.org:80:80",
        "Host: <script>",
        "Host: \u00e9vil",
        "Host:",
        "Host: a.example\r\nHost: b.example",
        "X-No-Host: x"
      })
  void aHostileHostFieldGetsIntoNoLink(String field) {
    assertThat(linkFor(field)).isEqualTo("http://localhost:" + server.port());
  }

  @Test
  void forwardedFieldsOfAStrangerAreNotBelieved() {
    assertThat(
            linkFor(
                "Host: here:1\r\nX-Forwarded-Host: evil.org\r\nX-Forwarded-Proto: https\r\n"
                    + "Forwarded: host=evil.org;proto=https"))
        .isEqualTo("http://here:1");
  }

  private static String linkFor(String hostLine) {
    return link(server, recorded, organizer, hostLine);
  }

  static String link(TestServer server, Recorded recorded, String token, String hostLine) {
    RawHttp.Answer answer =
        RawHttp.exchange(
            server,
            "GET "
                + recorded.path()
                + " HTTP/1.1\r\n"
                + hostLine
                + "\r\nAuthorization: Bearer "
                + token
                + "\r\n\r\n");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    Matcher link = LINK.matcher(answer.text());
    assertThat(link.find()).isTrue();
    return link.group(1);
  }

  private static String get(String field) {
    return "GET "
        + recorded.path()
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + organizer
        + "\r\n"
        + field
        + "\r\n\r\n";
  }

  private static void refused(String request, int status, String code) {
    RawHttp.Answer answer = RawHttp.exchange(server, request);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.header("request-id")).isPresent();
    assertThat(answer.text())
        .startsWith("{\"error\":{\"code\":\"" + code + "\",\"message\":\"")
        .contains("\"innerError\":{\"date\":\"2026-11-23T09:30:00\",\"request-id\":\"");
  }
}
