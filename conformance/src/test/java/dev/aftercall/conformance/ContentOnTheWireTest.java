package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Conditions and labels of content: RFC 9110, sections 8 and 13, and RFC 6266. */
@Conformance("HTTP: content")
final class ContentOnTheWireTest {
  private static final String BEYOND =
      "Graph documents no validators for content; we give those of RFC 9110";

  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  ContentOnTheWireTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void theBytesWithTheirType() {
    Wire.Reply reply = get().reply();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("video/mp4");
    assertThat(reply.header("Content-Length")).isEqualTo(Long.toString(held.size()));
    assertThat(Bytes.sha256(reply.body())).isEqualTo(held.sha256());
    assertThat(reply.header("request-id")).isNotEmpty();
    assertThat(reply.header("client-request-id")).isNotEmpty();
    assertThat(reply.header("Date")).isNotEmpty();
  }

  @Differs(BEYOND)
  void labels() {
    Wire.Reply reply = get().reply();
    assertThat(reply.header("ETag")).isEqualTo("\"" + held.sha256() + "\"");
    assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(reply.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(reply.header("Content-Disposition"))
        .matches(
            "(inline|attachment); filename=\"[\\x20-\\x7e&&[^\"\\\\/]]+\"; filename\\*=UTF-8''[!-~]+");
    assertThat(
            ZonedDateTime.parse(
                reply.header("Last-Modified"), DateTimeFormatter.RFC_1123_DATE_TIME))
        .isBefore(ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(5));
  }

  @Differs(BEYOND)
  void head() {
    Wire.Reply head = server.wire().send("HEAD", held.byMe() + "/content").as("organizer").reply();
    Wire.Reply get = get().reply();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name :
        new String[] {
          "Content-Type",
          "Content-Length",
          "ETag",
          "Last-Modified",
          "Accept-Ranges",
          "Content-Disposition",
          "Cache-Control"
        }) {
      assertThat(head.header(name)).as(name).isNotEmpty().isEqualTo(get.header(name));
    }
  }

  @Differs(BEYOND)
  void headOfWhatIsRefusedHasNoBody() {
    Wire.Reply head = server.wire().send("HEAD", held.byMe() + "/content").as("attendee").reply();
    assertThat(head.status()).isEqualTo(403);
    assertThat(head.body()).isEmpty();
  }

  @Differs(BEYOND)
  void whatTheClientHasIsNotSentAgain() {
    Wire.Reply first = get().reply();
    String tag = first.header("ETag");
    for (String field : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
      Wire.Reply reply = get().header("If-None-Match", field).reply();
      assertThat(reply.status()).as(field).isEqualTo(304);
      assertThat(reply.body()).isEmpty();
      assertThat(reply.header("ETag")).isEqualTo(tag);
    }
    assertThat(get().header("If-Modified-Since", first.header("Last-Modified")).reply().status())
        .isEqualTo(304);
  }

  @Differs(BEYOND)
  void whatTheClientHasNotIsSent() {
    assertThat(get().header("If-None-Match", "\"other\"").reply().status()).isEqualTo(200);
    assertThat(
            get()
                .header("If-None-Match", "\"other\"")
                .header("If-Modified-Since", get().reply().header("Last-Modified"))
                .reply()
                .status())
        .as("If-None-Match goes first")
        .isEqualTo(200);
    assertThat(get().header("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT").reply().status())
        .isEqualTo(200);
  }

  @Differs(BEYOND)
  void preconditions() {
    Wire.Reply first = get().reply();
    assertThat(get().header("If-Match", first.header("ETag")).reply().status()).isEqualTo(200);
    GraphErrors.refused(412, "PreconditionFailed", get().header("If-Match", "\"other\"").reply());
    GraphErrors.refused(
        412,
        "PreconditionFailed",
        get().header("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT").reply());
  }

  @Differs(BEYOND)
  void aClientThatMayNotLearnsNothingFromConditions() {
    for (String name : new String[] {"If-None-Match", "If-Match"}) {
      Wire.Reply reply =
          server
              .wire()
              .get(held.byMe() + "/content")
              .as("outsider")
              .header(name, "\"" + held.sha256() + "\"")
              .reply();
      GraphErrors.refused(403, "Forbidden", reply);
      assertThat(reply.header("ETag")).isEmpty();
    }
  }

  private Wire.Call get() {
    return server.wire().get(held.byMe() + "/content").as("organizer");
  }
}
