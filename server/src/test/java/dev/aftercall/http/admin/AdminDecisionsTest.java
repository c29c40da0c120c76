package dev.aftercall.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.access.AdminAccess;
import dev.aftercall.http.admin.AdminClient.Reply;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.time.Ticks;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why somebody is refused, over HTTP: beside what the server really answers them. */
final class AdminDecisionsTest {
  private TestServer server;
  private AdminClient admin;
  private Recorded recorded;

  @BeforeEach
  void start() {
    server = new TestServer();
    admin = AdminClient.manager(server);
    recorded = server.handOver().attendees(TestServer.ATTENDEE).keep();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anApplicationWithoutPolicyIsToldWhatWouldOpen() {
    HttpResponse<byte[]> refused = server.get(recorded.path(), server.app());
    assertThat(refused.statusCode()).isEqualTo(403);
    JsonNode now = explained("app:" + TestServer.APP, "metadata");
    assertThat(now.path("allowed").asBoolean()).isFalse();
    assertThat(now.path("failingRule").asText()).isEqualTo("ApplicationAccessPolicyMissing");
    assertThat(now.path("remedy").asText()).contains(TestServer.APP);
    assertThat(verdict(now, "RoleMissing")).isEqualTo("passed");
    assertThat(verdict(now, "NotOnRoster")).isEqualTo("notAsked");

    JsonNode then = request(refused).expect(200).json();
    assertThat(then.path("rules")).isEqualTo(now.path("rules"));
    assertThat(then.path("appId").asText()).isEqualTo(TestServer.APP);
    assertThat(then.path("action").asText()).isEqualTo("metadata");

    server.coverEverybody(TestServer.APP);
    assertThat(server.get(recorded.path(), server.app()).statusCode()).isEqualTo(200);
    JsonNode open = explained(TestServer.APP, "content");
    assertThat(open.path("allowed").asBoolean()).isTrue();
    assertThat(open.path("grounds").asText()).isEqualTo("policy");
  }

  @Test
  void peopleAreJudgedByRosterAndSwitch() {
    String attendee = "user:" + TestServer.ATTENDEE;
    assertThat(explained(attendee, "metadata").path("allowed").asBoolean()).isTrue();
    JsonNode content = explained(TestServer.ATTENDEE.toString(), "content");
    assertThat(content.path("failingRule").asText()).isEqualTo("OrganizerOnly");
    assertThat(explained("user:" + TestServer.ORGANIZER, "content").path("allowed").asBoolean())
        .isTrue();
    JsonNode outsider = explained("user:" + TestServer.OUTSIDER, "list");
    assertThat(outsider.path("failingRule").asText()).isEqualTo("NotOnRoster");
    assertThat(
            explained("user:" + TestServer.ATTENDEE, "metadata&user=" + TestServer.ORGANIZER)
                .path("failingRule")
                .asText())
        .isEqualTo("PathUserIsNotCaller");
    assertThat(explained(attendee, "metadata&scopes=User.Read").path("failingRule").asText())
        .isEqualTo("ScopeMissing");
    assertThat(explained(attendee, "changeMeeting").path("failingRule").asText())
        .isEqualTo("NotTheOrganizer");
    assertThat(explained(attendee, "readMeeting").path("allowed").asBoolean()).isTrue();
    assertThat(explained(attendee, "administer").path("failingRule").asText())
        .isEqualTo("DirectoryRoleMissing");
    assertThat(explained(attendee, "listAll").path("allowed").asBoolean()).isTrue();
  }

  @Test
  void everyGatesRefusalIsKeptForSevenDaysInItsTenant() {
    String outsider = server.user(TestServer.OUTSIDER);
    HttpResponse<byte[]> list = server.get(recorded.mePath().replaceFirst("/[^/]+$", ""), outsider);
    HttpResponse<byte[]> meeting =
        server.get(recorded.mePath().replaceFirst("/recordings/.*$", ""), outsider);
    HttpResponse<byte[]> administrator = server.get("/admin/v1/policies", outsider);
    HttpResponse<byte[]> content =
        server.get(recorded.mePath() + "/content", server.user(TestServer.ATTENDEE));
    assertThat(request(list).expect(200).json().path("failingRule").asText())
        .isEqualTo("NotOnRoster");
    assertThat(request(meeting).expect(200).json().path("failingRule").asText())
        .isEqualTo("ScopeMissing");
    assertThat(request(administrator).expect(200).json().path("failingRule").asText())
        .isEqualTo("ScopeMissing");
    JsonNode told = request(content).expect(200).json();
    assertThat(told.path("failingRule").asText()).isEqualTo("OrganizerOnly");
    assertThat(told.path("callerId").asText()).isEqualTo(TestServer.ATTENDEE.toString());

    UUID another = TestServer.guid("another tenant");
    AdminClient.manager(server, another).get(path(content)).expect(404);
    server.clock().advance(Duration.ofDays(6));
    AdminClient.manager(server).get(path(content)).expect(200);
    server.clock().advance(Duration.ofDays(2));
    AdminClient.manager(server).get(path(content)).expect(404);
  }

  @Test
  void whoMayNotDeleteIsToldWhy() {
    String stranger =
        server
            .tokens()
            .user(TestServer.TENANT, TestServer.OUTSIDER)
            .scopes(AdminAccess.MANAGE)
            .signed();
    Reply refused =
        AdminClient.with(server, stranger)
            .send("DELETE", "/recordings/" + recorded.artifact(), "", "If-Match", "*")
            .expect(403);
    JsonNode told = request(refused.response()).expect(200).json();
    assertThat(told.path("failingRule").asText()).isEqualTo("NotTheOrganizer");
    assertThat(verdict(told, "ScopeMissing")).isEqualTo("passed");
    assertThat(told.toString()).contains(TestServer.ORGANIZER.toString());
  }

  @Test
  void whoMayNotSubscribeIsToldWhy() {
    String known = "communications/onlineMeetings/" + recorded.meetingId() + "/recordings";
    JsonNode app = subscribing(server.app(), known);
    assertThat(app.path("failingRule").asText()).isEqualTo("ApplicationAccessPolicyMissing");
    assertThat(verdict(app, "RoleMissing")).isEqualTo("passed");
    JsonNode everything =
        subscribing(
            server.user(TestServer.ATTENDEE), "communications/onlineMeetings/getAllRecordings");
    assertThat(everything.path("failingRule").asText()).isEqualTo("RoleMissing");
    JsonNode others =
        subscribing(
            server.user(TestServer.ATTENDEE),
            "users/" + TestServer.ORGANIZER + "/onlineMeetings/getAllRecordings");
    assertThat(others.path("failingRule").asText()).isEqualTo("PathUserIsNotCaller");
    JsonNode stranger = subscribing(server.user(TestServer.OUTSIDER), known);
    assertThat(stranger.path("failingRule").asText()).isEqualTo("NotOnRoster");
    assertThat(verdict(stranger, "NotFound")).isEqualTo("passed");
  }

  private JsonNode subscribing(String token, String resource) {
    String body =
        """
        {"changeType":"created","notificationUrl":"https://receiver.example/hook",
         "resource":"%s","clientState":"secret","expirationDateTime":"%s"}"""
            .formatted(
                resource, Ticks.format(Ticks.of(server.clock().instant()) + 18_000_000_000L));
    HttpResponse<byte[]> refused =
        server.send(
            server
                .request("/v1.0/subscriptions", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    assertThat(refused.statusCode())
        .as(new String(refused.body(), StandardCharsets.UTF_8))
        .isBetween(400, 404);
    JsonNode told = request(refused).expect(200).json();
    assertThat(told.path("action").asText()).isEqualTo("subscription-create");
    return told;
  }

  @Test
  void aMeetingThatIsNotThereIsExplained() {
    String token =
        server
            .tokens()
            .user(TestServer.TENANT, TestServer.ORGANIZER)
            .scopes("OnlineMeetings.Read")
            .signed();
    String unknown = new MeetingId(TestServer.ORGANIZER, "19:meeting_unknown@thread.v2").encoded();
    HttpResponse<byte[]> none = server.get("/v1.0/me/onlineMeetings/" + unknown, token);
    assertThat(none.statusCode()).isEqualTo(404);
    JsonNode told = request(none).expect(200).json();
    assertThat(told.path("failingRule").asText()).isEqualTo("NotFound");
    assertThat(verdict(told, "ScopeMissing")).isEqualTo("passed");
  }

  @Test
  void whatCannotBeAnsweredSaysWhy() {
    String recording = "&recording=" + recorded.artifact();
    admin.get("/decisions/explain").expect(400);
    admin.get("/decisions/explain?caller=app:x&action=fly").expect(400);
    admin.get("/decisions/explain?caller=app:x&action=content").expect(400);
    admin.get("/decisions/explain?caller=app:x&action=content&recording=y").expect(400);
    admin
        .get("/decisions/explain?caller=app:x&action=content&recording=" + UUID.randomUUID())
        .expect(404);
    Reply unknown =
        admin.get("/decisions/explain?caller=who&action=content" + recording).expect(400);
    assertThat(unknown.json().at("/error/innerError/message").asText()).contains("app:who");
    admin.get("/decisions/explain?caller=user:7&action=content" + recording).expect(400);
    admin.get("/decisions/explain?caller=app:x&action=content&user=7" + recording).expect(400);
    admin.get("/decisions/explain?caller=app:x&action=list&meeting=7").expect(404);
    AdminClient.manager(server, TestServer.guid("another tenant"))
        .get("/decisions/explain?caller=app:x&action=content" + recording)
        .expect(404);
    admin.get("/decisions/requests/none").expect(404);
  }

  private JsonNode explained(String caller, String action) {
    return admin
        .get(
            "/decisions/explain?caller="
                + caller
                + "&action="
                + action
                + "&recording="
                + recorded.artifact())
        .expect(200)
        .json();
  }

  private Reply request(HttpResponse<byte[]> answer) {
    return admin.get(path(answer));
  }

  private static String path(HttpResponse<byte[]> answer) {
    return "/decisions/requests/" + answer.headers().firstValue("request-id").orElseThrow();
  }

  private static String verdict(JsonNode explained, String rule) {
    for (JsonNode step : explained.path("rules")) {
      if (step.path("rule").asText().equals(rule)) {
        return step.path("verdict").asText();
      }
    }
    return "";
  }
}
