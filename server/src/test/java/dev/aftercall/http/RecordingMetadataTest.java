package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.testing.Media;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestClock;
import dev.aftercall.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET …/recordings/{id}}: every way to spell it, and the answer to the letter. */
final class RecordingMetadataTest {
  private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

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
  void answersAsCapturedToTheLetter() {
    HttpResponse<byte[]> answer = server.get(recorded.path(), organizer);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(masked(answer)).isEqualTo(golden("answersAsCapturedToTheLetter"));
  }

  @Test
  void meNamesThePersonInContextAndLinks() {
    HttpResponse<byte[]> me = server.get(recorded.mePath(), organizer);

    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(masked(me)).isEqualTo(golden("answersAsCapturedToTheLetter"));
  }

  @Test
  void betaLinksToBeta() {
    HttpResponse<byte[]> beta = server.get(recorded.path().replace("/v1.0/", "/beta/"), organizer);

    assertThat(text(beta))
        .isEqualTo(text(server.get(recorded.path(), organizer)).replace("/v1.0/", "/beta/"));
  }

  @Test
  void theLinkInTheAnswerLeadsToTheBytes() {
    String body = text(server.get(recorded.path(), organizer));
    String url = body.replaceFirst(".*\"recordingContentUrl\":\"([^\"]*)\".*", "$1");

    assertThat(url).startsWith(server.base());
    assertThat(server.get(url.substring(server.base().length()), organizer).body())
        .isEqualTo(recorded.bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1.0/users/{u}/onlineMeetings/{m}/recordings/{r}/",
        "/v1.0/users('{u}')/onlineMeetings('{m}')/recordings('{r}')",
        "/v1.0/users(%27{u}%27)/onlineMeetings(%27{e}%27)/recordings(%27{f}%27)",
        "/v1.0/users('{u}')/onlineMeetings/{m}/recordings('{r}')/",
        "/v1.0/users(id='{u}')/onlineMeetings(id='{m}')/recordings(id='{r}')",
        "/v1.0/users/{u}/onlineMeetings/{e}/recordings/{f}",
        "/v1.0/users/{U}/onlineMeetings/{m}/recordings/{r}",
        "/v1.0/users/{n}/onlineMeetings/{m}/recordings/{r}",
        "/V1.0/Users/{u}/OnlineMeetings/{m}/Recordings/{r}",
        "/v1.0/users/{u}/onlinemeetings/{m}/RECORDINGS/{a}",
        "/v1.0/me/onlineMeetings/{m}/recordings/{o}",
        "/v1.0/ME/onlineMeetings('{m}')/recordings('{r}')"
      })
  void answersTheSameHoweverItIsSpelt(String spelling) {
    String old = "1##0##" + recorded.artifact();
    String path =
        spelling
            .replace("{u}", TestServer.ORGANIZER.toString())
            .replace("{U}", TestServer.ORGANIZER.toString().toUpperCase(Locale.ROOT))
            .replace("{n}", TestServer.ORGANIZER + "%40example.org")
            .replace("{m}", recorded.meetingId())
            .replace("{e}", recorded.meetingId().replace("=", "%3D").replace("M", "%4d"))
            .replace("{r}", recorded.id())
            .replace("{f}", recorded.id().replace("=", "%3d"))
            .replace("{a}", recorded.artifact().toString())
            .replace("{o}", Base64.getEncoder().encodeToString(old.getBytes(UTF_8)));

    RawHttp.Answer answer =
        RawHttp.exchange(
            server,
            "GET "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.port()
                + "\r\nAuthorization: bearer "
                + organizer
                + "\r\n\r\n");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(text(server.get(recorded.path(), organizer)));
  }

  @Test
  void carriesTheFieldsOfEveryAnswer() {
    HttpResponse<byte[]> answer =
        server.get(recorded.path(), organizer, "client-request-id", "my-own-id");

    assertThat(field(answer, "Content-Type"))
        .isEqualTo(
            "application/json;odata.metadata=minimal;odata.streaming=true;"
                + "IEEE754Compatible=false;charset=utf-8");
    assertThat(field(answer, "OData-Version")).isEqualTo("4.0");
    assertThat(field(answer, "request-id")).matches(GUID);
    assertThat(field(answer, "client-request-id")).isEqualTo("my-own-id");
    assertThat(field(answer, "Date")).isEqualTo("Mon, 23 Nov 2026 09:30:00 GMT");
    assertThat(field(answer, "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void echoesTheRequestIdWhereTheClientsIsMissingOrNoneToRepeat() {
    HttpResponse<byte[]> none = server.get(recorded.path(), organizer);
    HttpResponse<byte[]> huge =
        server.get(recorded.path(), organizer, "client-request-id", "x".repeat(129));

    assertThat(field(none, "client-request-id")).isEqualTo(field(none, "request-id"));
    assertThat(field(huge, "client-request-id")).isEqualTo(field(huge, "request-id"));
  }

  @Test
  void headTellsTheLengthAndSendsNothing() {
    HttpResponse<byte[]> get = server.get(recorded.path(), organizer);
    HttpResponse<byte[]> head =
        server.send(
            server.request(recorded.path(), organizer).method("HEAD", BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(field(head, "Content-Length")).isEqualTo(Integer.toString(get.body().length));
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/octet-stream, application/json", "text/html", "x"})
  void asksForNoParticularAccept(String accept) {
    assertThat(server.get(recorded.path(), organizer, "Accept", accept).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anExpiredMeetingIsNotFound() {
    Recorded brief = server.handOver().type("meetnow").keep();
    server.clock().advance(Duration.ofHours(8));
    try {
      String token = server.user(TestServer.ORGANIZER);
      HttpResponse<byte[]> answer = server.get(brief.path(), token);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(text(answer)).contains("\"code\":\"NotFound\"", "\"MeetingExpired\"");
      assertThat(server.get(brief.contentPath(), token).statusCode()).isEqualTo(404);
      assertThat(server.get(recorded.path(), token).statusCode()).isEqualTo(200);
    } finally {
      server.clock().set(TestClock.START);
    }
  }

  @Test
  void unknownMeetingsAndRecordingsAreNotFound() {
    UUID none = TestServer.guid("nothing");
    for (String path :
        List.of(
            "/v1.0/me/onlineMeetings/" + recorded.meetingId() + "/recordings/" + none,
            "/v1.0/me/onlineMeetings/" + recorded.meetingId() + "/recordings/xx%25",
            "/v1.0/me/onlineMeetings/nonsense/recordings/" + recorded.id())) {
      HttpResponse<byte[]> answer = server.get(path, organizer);

      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(text(answer)).contains("\"code\":\"NotFound\"");
    }
  }

  @Test
  void anArtifactsIdForAMeetingsIsToldSo() {
    HttpResponse<byte[]> answer =
        server.get(
            "/v1.0/me/onlineMeetings/" + recorded.id() + "/recordings/" + recorded.id(), organizer);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains("\"message\":\"Unexpected id format\"");
  }

  private static String masked(HttpResponse<byte[]> answer) {
    String body =
        text(answer)
            .replace(server.base(), "{base}")
            .replace(recorded.meetingId(), "{meetingId}")
            .replace(recorded.id(), "{recordingId}")
            .replace(TestServer.ORGANIZER.toString(), "{organizer}")
            .replace(TestServer.TENANT.toString(), "{tenant}");
    return GUID.matcher(body).replaceAll("{guid}");
  }

  private static String golden(String test) {
    return new String(
            Media.resource("/dev/aftercall/http/RecordingMetadataTest." + test + ".json"), UTF_8)
        .replaceAll("\\n *", "");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  private static String field(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
