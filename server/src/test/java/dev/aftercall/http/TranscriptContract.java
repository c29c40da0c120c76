package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.Permissions;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Ranges;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code …/transcripts/{id}} and what hangs beneath, the same wherever the bytes lie. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TranscriptContract {
  static final String VTT =
      """
      WEBVTT

      00:00:01.500 --> 00:00:04.000
      <v Ada>Grüße</v>

      00:00:05.000 --> 00:00:06.000
      <v Bob>Hello "you"</v>
      """;
  private static final String PLAIN =
      """
      00:00:01.500 --> 00:00:04.000\s

      Grüße\s

      00:00:05.000 --> 00:00:06.000\s

      Hello "you"\s

      """;
  private static final String UNATTRIBUTED = "application/vnd.microsoft.graph.transcript+text";

  private Recorded recorded;
  private String organizer = "";

  abstract TestServer server();

  @BeforeAll
  void record() {
    recorded = server().handOver().transcript(VTT).keep();
    organizer = reader(TestServer.ORGANIZER);
  }

  private String reader(UUID person) {
    return server()
        .tokens()
        .user(TestServer.TENANT, person)
        .scopes(Permissions.TRANSCRIPTS.readAll() + " " + Permissions.RECORDINGS.readAll())
        .signed();
  }

  @Test
  void answersAsCapturedToTheLetter() {
    HttpResponse<byte[]> answer = get(recorded.transcriptPath());
    String recording = text(server().get(recorded.path(), organizer));

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    String id = recorded.transcriptId().orElseThrow();
    String expected =
        recording
            .replace("/recordings/$entity", "/transcripts/$entity")
            .replace("/recordings/" + recorded.id(), "/transcripts/" + id)
            .replace(recorded.id(), id)
            .replace("recordingContentUrl", "transcriptContentUrl");
    assertThat(text(answer)).isEqualTo(expected);
    assertThat(text(answer)).contains("\"transcriptContentUrl\":\"" + server().base());
  }

  @Test
  void selectTakesTheStreamsAndShowsNone() {
    assertThat(text(get(recorded.transcriptPath() + "?$select=id,metadataContent,content")))
        .contains("/transcripts(id,metadataContent,content)/$entity\",\"id\":")
        .endsWith(recorded.transcriptId().orElseThrow() + "\"}");
    HttpResponse<byte[]> unknown = get(recorded.transcriptPath() + "?$select=recordingContentUrl");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(text(unknown)).contains("microsoft.graph.callTranscript");
  }

  @Test
  void everyDocumentedIdNamesIt() {
    String plain =
        new String(Base64.getDecoder().decode(recorded.transcriptId().orElseThrow()), UTF_8);
    String bare = plain.substring(plain.lastIndexOf('#') + 1);
    String path = recorded.transcriptPath();
    String stem = path.substring(0, path.lastIndexOf('/') + 1);

    assertThat(plain).startsWith("1##0##");
    assertThat(text(get(stem + bare))).isEqualTo(text(get(path)));
    assertThat(get(stem + recorded.id()).statusCode()).as("a recording's id").isEqualTo(404);
  }

  @Test
  void theWholeFileIsWebVttToTheByte() {
    HttpResponse<byte[]> answer = get(recorded.transcriptPath() + "/content");

    assertThat(answer.body()).isEqualTo(VTT.getBytes(UTF_8));
    assertThat(field(answer, "Content-Type")).isEqualTo("text/vtt");
    assertThat(field(answer, "Vary")).contains("Accept");
    assertThat(field(answer, "ETag")).matches("\"[0-9a-f]{64}\"");
    assertThat(field(answer, "Content-Disposition")).contains("Meeting Transcript.vtt");
    assertThat(server().journal(field(answer, "request-id")).action())
        .isEqualTo("attributed_content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "text/vtt",
        "TEXT/VTT; charset=utf-8",
        "text/*",
        "application/json",
        "application/json;odata.metadata=none",
        "application/octet-stream, application/json",
        "application/octet-stream, application/json, text/plain",
        "text/html, */*;q=0.1",
        "x",
        "text/vtt, application/vnd.microsoft.graph.transcript+text",
        "application/vnd.microsoft.graph.transcript+text;q=0.5, text/vtt",
        "application/vnd.microsoft.graph.transcript+text;q=0, */*",
        "image/png;q=0"
      })
  void webVttForWhoeverTakesIt(String accept) {
    HttpResponse<byte[]> answer = get(recorded.transcriptPath() + "/content", "Accept", accept);

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(text(answer)).isEqualTo(VTT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.microsoft.graph.transcript+text",
        "application/vnd.microsoft.graph.transcript+text, */*",
        "text/vtt;q=0.1, Application/Vnd.Microsoft.Graph.Transcript+Text;q=0.9"
      })
  void theFormWithoutNames(String accept) {
    HttpResponse<byte[]> answer = get(recorded.transcriptPath() + "/content", "Accept", accept);

    assertThat(text(answer)).isEqualTo(PLAIN);
    assertThat(field(answer, "Content-Type")).isEqualTo(UNATTRIBUTED);
    assertThat(server().journal(field(answer, "request-id")).action()).isEqualTo("content");
  }

  @ParameterizedTest
  @CsvSource({
    "$format=text/vtt, application/json, 200",
    "$format=text/vtt, application/vnd.microsoft.graph.transcript+text, 200",
    "$format=Text%2FVTT, image/png, 200",
    "format=text/vtt, image/png, 406",
    "$format=text/plain, */*, 400",
    "$format=, */*, 400",
    "$format=application/vnd.microsoft.graph.transcript+text, */*, 400",
    "$format=text/vtt&$format=text/vtt, */*, 400",
    "$select=id, */*, 400",
    "x=y, image/png, 406",
    "x=y, application/vnd.openxmlformats-officedocument.wordprocessingml.document, 406"
  })
  void formatWinsOverAccept(String query, String accept, int status) {
    HttpResponse<byte[]> answer =
        get(recorded.transcriptPath() + "/content?" + query, "Accept", accept);

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
    if (status == 200) {
      assertThat(text(answer)).isEqualTo(VTT);
    }
    if (accept.contains("wordprocessing")) {
      assertThat(text(answer)).contains("withdrawn", "NotAcceptable");
    }
  }

  @Test
  void betaTakesFormatWithoutTheDollar() {
    String path = recorded.transcriptPath().replace("/v1.0/", "/beta/") + "/content";
    assertThat(text(get(path + "?format=text/vtt", "Accept", UNATTRIBUTED))).isEqualTo(VTT);
  }

  @Test
  void metadataContentTellsWhoSaidWhatWhen() {
    HttpResponse<byte[]> answer = get(recorded.transcriptPath() + "/metadataContent");

    assertThat(field(answer, "Content-Type")).isEqualTo("text/vtt");
    assertThat(text(answer))
        .isEqualTo(
            "WEBVTT\n\n00:00:01.500 --> 00:00:04.000\n"
                + "{\"startDateTime\":\"2026-11-23T09:30:01.5113199+00:00\","
                + "\"endDateTime\":\"2026-11-23T09:30:04.0113199+00:00\","
                + "\"speakerName\":\"Ada\",\"spokenText\":\"Grüße\",\"spokenLanguage\":\"en-us\"}\n"
                + "\n00:00:05.000 --> 00:00:06.000\n"
                + "{\"startDateTime\":\"2026-11-23T09:30:05.0113199+00:00\","
                + "\"endDateTime\":\"2026-11-23T09:30:06.0113199+00:00\","
                + "\"speakerName\":\"Bob\",\"spokenText\":\"Hello \\\"you\\\"\","
                + "\"spokenLanguage\":\"en-us\"}\n");
    assertThat(get(recorded.transcriptPath() + "/metadataContent?$format=text/vtt").statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/content", "/content unattributed", "/metadataContent"})
  void rangesAndConditionsInEveryForm(String form) {
    String path = recorded.transcriptPath() + form.split(" ", -1)[0];
    String accept = form.endsWith("unattributed") ? UNATTRIBUTED : "*/*";
    HttpResponse<byte[]> whole = get(path, "Accept", accept);
    String tag = field(whole, "ETag");
    int size = whole.body().length;

    HttpResponse<byte[]> part = get(path, "Accept", accept, "Range", "bytes=7-11");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(field(part, "Content-Range")).isEqualTo("bytes 7-11/" + size);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 7, 12));
    assertThat(server().journal(field(part, "request-id")).delivery())
        .isEqualTo(new Delivery(206, 5, true, Ranges.of(7, 5), 0));
    assertThat(text(get(path, "Accept", accept, "Range", "bytes=0-1,4-5"))).contains("--part-");
    assertThat(get(path, "Accept", accept, "Range", "bytes=" + size + "-").statusCode())
        .isEqualTo(416);
    assertThat(get(path, "Accept", accept, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get(path, "Accept", accept, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
    assertThat(get(path, "Accept", accept, "Range", "bytes=0-1", "If-Range", "\"x\"").statusCode())
        .isEqualTo(200);
    HttpResponse<byte[]> head =
        server()
            .send(
                server()
                    .request(path, organizer)
                    .header("Accept", accept)
                    .method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(field(head, "Content-Length")).isEqualTo(Integer.toString(size));
    assertThat(field(head, "ETag")).isEqualTo(tag);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aClientThatLeavesAMadeFormHasNotReadIt() throws IOException {
    String cue = "00:01.000 --> 00:02.000\n<v Ada>" + "wörds ".repeat(20) + "</v>\n\n";
    Recorded much = server().handOver().transcript("WEBVTT\n\n" + cue.repeat(40_000)).keep();
    String id;
    try (RawHttp raw = RawHttp.to(server())) {
      raw.send(
          "GET "
              + much.transcriptPath()
              + "/metadataContent HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + organizer
              + "\r\n\r\n");
      List<String> head = raw.head();
      assertThat(head.getFirst()).contains(" 200 ");
      id =
          head.stream()
              .filter(line -> line.startsWith("request-id: "))
              .map(line -> line.substring(12))
              .findFirst()
              .orElseThrow();
    }
    Delivery delivery = server().journal(id).delivery();
    assertThat(delivery.whole()).isFalse();
    assertThat(delivery.bytes()).isPositive();
  }

  @Test
  void everyFormHasItsOwnTag() {
    assertThat(
            List.of(
                field(get(recorded.transcriptPath() + "/content"), "ETag"),
                field(get(recorded.transcriptPath() + "/content", "Accept", UNATTRIBUTED), "ETag"),
                field(get(recorded.transcriptPath() + "/metadataContent"), "ETag")))
        .doesNotHaveDuplicates();
  }

  @Test
  void thoseInvitedReadAndStrangersDoNot() {
    String mine = recorded.transcriptPath().replaceFirst("/users/[^/]*", "/me");

    assertThat(text(server().get(mine + "/content", reader(TestServer.ATTENDEE)))).isEqualTo(VTT);
    HttpResponse<byte[]> stranger = server().get(mine, reader(TestServer.OUTSIDER));
    assertThat(stranger.statusCode()).isEqualTo(403);
    HttpResponse<byte[]> recordingsOnly = server().get(mine, server().user(TestServer.ORGANIZER));
    assertThat(text(recordingsOnly)).contains("'OnlineMeetingTranscript.Read.All'");
    assertThat(server().get(mine, "").statusCode()).isEqualTo(401);
  }

  @Test
  void theTenantsSwitches() {
    server().rules().setAttributedTranscripts(false);
    server().obey();
    try {
      HttpResponse<byte[]> names = get(recorded.transcriptPath() + "/content");
      assertThat(names.statusCode()).isEqualTo(403);
      assertThat(text(names))
          .contains(
              "\"code\":\"Forbidden\"",
              "\"message\":\"Speaker-attributed transcript content is disabled for this tenant."
                  + " Retry with Accept 'application/vnd.microsoft.graph.transcript+text'.\"",
              "\"innerError\":{\"code\":\"SpeakerAttributionNotAllowed\"");
      assertThat(get(recorded.transcriptPath() + "/metadataContent").statusCode()).isEqualTo(403);
      assertThat(text(get(recorded.transcriptPath() + "/content", "Accept", UNATTRIBUTED)))
          .isEqualTo(PLAIN);
      assertThat(get(recorded.transcriptPath()).statusCode()).isEqualTo(200);

      server().rules().setGraphTranscriptAccess(false);
      server().obey();
      for (String tail : new String[] {"", "/content", "/metadataContent"}) {
        HttpResponse<byte[]> off = get(recorded.transcriptPath() + tail, "Accept", UNATTRIBUTED);
        assertThat(off.statusCode()).isEqualTo(403);
        assertThat(text(off))
            .contains(
                "\"message\":\"Graph API access to transcripts is disabled for this tenant.\"",
                "\"innerError\":{\"code\":\"GraphAccessToTranscriptsDisabled\"");
      }
      assertThat(server().get(recorded.path(), organizer).statusCode()).isEqualTo(200);
    } finally {
      server().rules().setGraphTranscriptAccess(true);
      server().rules().setAttributedTranscripts(true);
      server().obey();
    }
  }

  @Test
  void writesAreNotAllowed() {
    HttpResponse<byte[]> put =
        server()
            .send(
                server()
                    .request(recorded.transcriptPath() + "/content", organizer)
                    .PUT(BodyPublishers.ofString("x")));
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(field(put, "Allow")).isEqualTo("GET, HEAD");
  }

  private HttpResponse<byte[]> get(String path, String... fields) {
    return server().get(path, organizer, fields);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  private static String field(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
