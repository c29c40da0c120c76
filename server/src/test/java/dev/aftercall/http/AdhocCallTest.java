package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.Permissions;
import dev.aftercall.config.Cloud;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestClock;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are no meetings: their paths, ids and rules. */
final class AdhocCallTest {
  private static TestServer server;
  private static Recorded call;
  private static String caller;

  @BeforeAll
  static void start() {
    server = new TestServer();
    call = server.handOver().type("adhoc").transcript(TranscriptContract.VTT).keep();
    caller = person(TestServer.ORGANIZER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String person(UUID oid) {
    return server
        .tokens()
        .user(TestServer.TENANT, oid)
        .scopes("CallRecordings.Read.All CallTranscripts.Read.All OnlineMeetingRecording.Read.All")
        .signed();
  }

  private static String application(Permissions... permissions) {
    String[] roles = new String[permissions.length];
    for (int i = 0; i < roles.length; i++) {
      roles[i] = permissions[i].readAll();
    }
    return server.tokens().app(TestServer.TENANT, TestServer.APP).roles(roles).signed();
  }

  @Test
  void answersAsDocumented() {
    String id = call.callId().orElseThrow();

    assertThat(text(server.get(call.callPath(), caller)))
        .matches(
            "\\{\"@odata.context\":\"\\Q"
                + server.base()
                + "/v1.0/$metadata#users('"
                + TestServer.ORGANIZER
                + "')/adhocCalls('"
                + id
                + "')/recordings/$entity\",\"id\":\""
                + call.id()
                + "\",\"callId\":\""
                + id
                + "\\E\",\"contentCorrelationId\":\"[0-9a-f-]{36}-20261123_093000\","
                + "\"createdDateTime\":\"2026-11-23T09:30:00.0113199Z\","
                + "\"endDateTime\":\"[^\"]*\",\"recordingContentUrl\":\"\\Q"
                + server.base()
                + call.callPath()
                + "/content\\E\",\"meetingOrganizer\":\\{.*\"id\":\""
                + TestServer.ORGANIZER
                + "\".*}}");
    assertThat(text(server.get(call.callPath(), caller))).doesNotContain("meetingId");
  }

  @Test
  void idsAreWhatClientsSniff() {
    String thread = "19:" + call.callId().orElseThrow().replace("-", "") + "@thread.v2";

    assertThat(decoded(call.id()))
        .isEqualTo("3##" + thread + "##" + call.callId().orElseThrow() + "-1795426200-Recording");
    assertThat(decoded(call.transcriptId().orElseThrow()))
        .startsWith("3##" + thread + "##")
        .endsWith("-1795426200-TranscriptV2##0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{p}", "{me}", "{key}", "{beta}", "{bare}"})
  void answersTheSameHoweverItIsSpelt(String spelling) {
    String path =
        switch (spelling) {
          case "{me}" -> call.callPath().replaceFirst("/users/[^/]*", "/me");
          case "{key}" -> call.callPath().replaceAll("/([^/]{30,})", "('$1')");
          case "{beta}" -> call.callPath().replace("v1.0", "beta");
          case "{bare}" -> call.callPath().replace(call.id(), call.artifact().toString());
          default -> call.callPath();
        };
    HttpResponse<byte[]> answer = server.get(path, caller);

    assertThat(answer.statusCode()).as(path + text(answer)).isEqualTo(200);
    assertThat(text(answer).replace("/beta/", "/v1.0/"))
        .isEqualTo(text(server.get(call.callPath(), caller)));
  }

  @Test
  void givesTheBytes() {
    assertThat(server.get(call.callPath() + "/content", caller).body()).isEqualTo(call.bytes());
    assertThat(text(server.get(call.transcriptPath() + "/content", caller)))
        .isEqualTo(TranscriptContract.VTT);
    assertThat(text(server.get(call.transcriptPath() + "/metadataContent", caller)))
        .contains("\"speakerName\":\"Ada\"");
    assertThat(text(server.get(call.transcriptPath(), caller)))
        .contains("/adhocCalls(", "/transcripts/$entity", "\"transcriptContentUrl\"")
        .contains(correlation(text(server.get(call.callPath(), caller))));
  }

  @Test
  void isItsCallersAlone() {
    String mine = call.callPath().replaceFirst("/users/[^/]*", "/me");

    HttpResponse<byte[]> called = server.get(mine, person(TestServer.ATTENDEE));
    assertThat(called.statusCode()).isEqualTo(403);
    assertThat(text(called)).contains("Only the person who made the call");
    assertThat(server.get(call.callPath(), person(TestServer.ATTENDEE)).statusCode())
        .isEqualTo(403);
    assertThat(text(server.get(call.callPath(), server.user(TestServer.ORGANIZER))))
        .contains("'CallRecordings.Read.All'");
  }

  @Test
  void anApplicationNeedsTheRoleAndNoPolicy() {
    String recordings = application(Permissions.CALL_RECORDINGS);

    assertThat(server.get(call.callPath() + "/content", recordings).statusCode()).isEqualTo(200);
    assertThat(server.get(call.transcriptPath(), recordings).statusCode()).isEqualTo(403);
    assertThat(
            server
                .get(call.transcriptPath(), application(Permissions.CALL_TRANSCRIPTS))
                .statusCode())
        .isEqualTo(200);
    HttpResponse<byte[]> other = server.get(call.callPath(), application(Permissions.RECORDINGS));
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(text(other)).contains("API requires one of 'CallRecordings.Read.All'");
    String onAttendee =
        call.callPath().replace(TestServer.ORGANIZER.toString(), TestServer.ATTENDEE.toString());
    assertThat(server.get(onAttendee, recordings).statusCode()).isEqualTo(403);
  }

  @Test
  void meetingsAndCallsDoNotShowEachOthers() {
    Recorded meeting = server.record();

    assertThat(server.get(call.path(), caller).statusCode()).isEqualTo(404);
    String asCall =
        "/v1.0/me/adhocCalls/" + call.callId().orElseThrow() + "/recordings/" + meeting.id();
    assertThat(server.get(asCall, caller).statusCode()).isEqualTo(404);
    assertThat(
            server
                .get(
                    "/v1.0/me/adhocCalls/" + meeting.artifact() + "/recordings/" + meeting.id(),
                    caller)
                .statusCode())
        .isEqualTo(404);
    assertThat(server.get("/v1.0/me/adhocCalls/none/recordings/" + call.id(), caller).statusCode())
        .isEqualTo(404);
    assertThat(
            server
                .get("/v1.0/me/onlineMeetings/" + call.id() + "/recordings/" + call.id(), caller)
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void anotherTenantSeesNothing() {
    String stranger =
        server
            .tokens()
            .app(TestServer.guid("elsewhere"), TestServer.APP)
            .roles("CallRecordings.Read.All")
            .signed();
    assertThat(server.get(call.callPath(), stranger).statusCode()).isEqualTo(404);
  }

  @Test
  void cannotBeEnumeratedThere() {
    String list = call.callPath().substring(0, call.callPath().lastIndexOf('/'));

    HttpResponse<byte[]> answer = server.get(list, caller);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(text(answer)).contains("Requested API is not supported. Please check the path.");
  }

  @Test
  void doesNotExpire() {
    server.clock().advance(Duration.ofDays(1_000));
    try {
      assertThat(server.get(call.callPath(), person(TestServer.ORGANIZER)).statusCode())
          .isEqualTo(200);
    } finally {
      server.clock().set(TestClock.START);
    }
  }

  @Test
  void aTranscriptMayComeLater() {
    Recorded first = server.handOver().type("adhoc").keep();
    Recorded late = server.handOver().transcriptOf(first, TranscriptContract.VTT).keep();
    String path =
        "/v1.0/me/adhocCalls/" + first.callId().orElseThrow() + "/transcripts/" + late.id();

    assertThat(late.callId()).isEqualTo(first.callId());
    assertThat(text(server.get(path, caller)))
        .contains(correlation(text(server.get(first.callPath(), caller))));
  }

  @Test
  void isOfTheGlobalCloudAlone() {
    try (TestServer government = new TestServer(TestSetup.cloud(Cloud.USGOV_L4))) {
      Recorded there = government.handOver().type("adhoc").keep();
      HttpResponse<byte[]> answer =
          government.get(there.callPath(), government.user(TestServer.ORGANIZER));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(text(answer)).contains("Resource not found for the segment 'adhocCalls'.");
    }
  }

  private static String correlation(String json) {
    return json.replaceFirst(".*(\"contentCorrelationId\":\"[^\"]*\").*", "$1");
  }

  private static String decoded(String id) {
    return new String(Base64.getDecoder().decode(id), UTF_8);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }
}
