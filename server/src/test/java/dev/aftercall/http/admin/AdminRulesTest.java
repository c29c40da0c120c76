package dev.aftercall.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.http.admin.AdminClient.Reply;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Grants, groups, consents and switches over HTTP, and a server that obeys them in a second. */
final class AdminRulesTest {
  private static final Duration PROMISED = Duration.ofSeconds(1);
  private static final UUID GROUP = TestServer.guid("group");
  private static final UUID OTHER = TestServer.guid("other group");
  private static final String POLICY = "{\"policyName\":\"p\"}";

  private TestServer server;
  private AdminClient admin;

  @BeforeEach
  void start() {
    server = new TestServer();
    admin = AdminClient.manager(server);
    admin.send("PUT", "/policies/p", "{\"appIds\":[\"%s\"]}".formatted(TestServer.APP)).expect(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aGrantOpensAndUnassigningShutsWithinASecond() {
    Recorded recorded = server.record();
    becomes(403, recorded.path(), server.app());
    String path = "/grants/users/" + TestServer.ORGANIZER;
    Reply made = admin.send("PUT", path, POLICY).expect(201);
    becomes(200, recorded.path(), server.app());
    assertThat(made.json().path("granteeType").asText()).isEqualTo("user");
    assertThat(admin.get(path).expect(200).tag()).isEqualTo(made.tag());

    admin.send("PUT", path, POLICY).expect(428);
    admin.send("DELETE", path, "").expect(428);
    admin.send("DELETE", path, "", "If-Match", made.tag()).expect(204);
    becomes(403, recorded.path(), server.app());
    admin.get(path).expect(404);
    admin.send("DELETE", path, "", "If-Match", "*").expect(404);
  }

  @Test
  void everybodyAndGroupsByRank() {
    admin.send("PUT", "/grants/global", POLICY).expect(201);
    admin.send("PUT", "/grants/groups/" + GROUP, POLICY).expect(400);
    admin.send("PUT", "/grants/groups/" + GROUP, "{\"policyName\":\"p\",\"rank\":0}").expect(400);
    String first = "{\"policyName\":\"p\",\"rank\":1}";
    Reply granted = admin.send("PUT", "/grants/groups/" + GROUP, first).expect(201);
    assertThat(granted.json().path("rank").asInt()).isEqualTo(1);
    assertThat(granted.json().path("warnings").get(0).asText()).contains(GROUP.toString());
    Reply clash = admin.send("PUT", "/grants/groups/" + OTHER, first).expect(409);
    assertThat(clash.rule()).isEqualTo("Conflict");
    assertThat(clash.json().at("/error/message").asText()).contains(GROUP.toString());
    admin.send("PUT", "/grants/global", "{\"policyName\":\"none\"}", "If-Match", "*").expect(400);
    admin.send("PUT", "/grants/users/7", POLICY).expect(400);

    JsonNode list = admin.get("/grants?policyName=p").expect(200).json().path("value");
    assertThat(texts(list, "granteeType")).containsExactly("global", "group");
  }

  @Test
  void whatMayBeAMistakeIsAcceptedWithAWarning() {
    Reply unknown = admin.send("PUT", "/policies/q", "{\"appIds\":[\"who\"]}").expect(201);
    assertThat(unknown.json().path("warnings")).hasSize(1);
    assertThat(unknown.json().path("warnings").get(0).asText()).contains("who");
    UUID stranger = TestServer.guid("stranger");
    Reply granted = admin.send("PUT", "/grants/users/" + stranger, POLICY).expect(201);
    assertThat(granted.json().path("warnings").get(0).asText()).contains(stranger.toString());

    server.record();
    server.get("/v1.0/users/" + TestServer.ORGANIZER + "/onlineMeetings/x", server.app());
    Recorded recorded = server.record();
    server.get(recorded.path(), server.app());
    Reply known =
        admin
            .send(
                "PUT",
                "/policies/p",
                "{\"appIds\":[\"%s\"]}".formatted(TestServer.APP),
                "If-Match",
                "*")
            .expect(200);
    assertThat(known.json().path("warnings")).isEmpty();
    assertThat(
            admin
                .send("PUT", "/grants/users/" + TestServer.ATTENDEE, POLICY)
                .expect(201)
                .json()
                .path("warnings"))
        .isEmpty();
    assertThat(admin.get("/policies/q").json().has("warnings")).isFalse();
  }

  @Test
  void groupsHoldPeopleAndGroupsButNotThemselves() {
    Reply made =
        admin.send("PUT", "/groups/" + GROUP, "{\"displayName\":\"Compliance\"}").expect(201);
    assertThat(made.json().path("displayName").asText()).isEqualTo("Compliance");
    admin.send("PUT", "/groups/" + OTHER, "{}").expect(201);
    String people = "/groups/" + GROUP + "/members/users/";
    admin.send("PUT", people + TestServer.ATTENDEE, "").expect(201);
    admin.send("PUT", people + TestServer.ATTENDEE, "").expect(200);
    admin.send("PUT", people + TestServer.ATTENDEE, "", "If-None-Match", "*").expect(412);
    admin.send("PUT", "/groups/" + OTHER + "/members/groups/" + GROUP, "").expect(201);
    Reply circle =
        admin.send("PUT", "/groups/" + GROUP + "/members/groups/" + OTHER, "").expect(409);
    assertThat(circle.json().at("/error/message").asText()).contains("circle");
    admin.send("PUT", "/groups/" + GROUP + "/members/groups/" + GROUP, "").expect(409);
    admin
        .send("PUT", "/groups/" + TestServer.guid("none") + "/members/users/" + GROUP, "")
        .expect(404);

    Reply group = admin.get("/groups/" + GROUP).expect(200);
    assertThat(group.json().path("peopleCount").asInt()).isEqualTo(1);
    assertThat(group.tag()).isNotEqualTo(made.tag());
    assertThat(texts(admin.get("/groups/" + OTHER + "/members").json().path("value"), "type"))
        .containsExactly("group");
    String member = admin.get(people + TestServer.ATTENDEE).expect(200).tag();
    admin.get(people + TestServer.ORGANIZER).expect(404);
    admin.send("DELETE", people + TestServer.ATTENDEE, "").expect(428);
    admin.send("DELETE", people + TestServer.ATTENDEE, "", "If-Match", member).expect(204);
    admin.send("DELETE", "/groups/" + GROUP, "", "If-Match", made.tag()).expect(412);
    admin.send("DELETE", "/groups/" + GROUP, "", "If-Match", "*").expect(204);
    admin.get("/groups/" + GROUP + "/members").expect(404);
    assertThat(admin.get("/groups").json().path("value")).hasSize(1);
  }

  @Test
  void whoIsInAGroupWithinIsExempt() {
    Recorded recorded = server.handOver().attendees(TestServer.ATTENDEE).keep();
    String attendee = server.user(TestServer.ATTENDEE);
    String content = recorded.mePath() + "/content";
    becomes(403, content, attendee);
    admin.send("PUT", "/groups/" + GROUP, "{}").expect(201);
    admin.send("PUT", "/groups/" + OTHER, "{}").expect(201);
    admin.send("PUT", "/groups/" + GROUP + "/members/groups/" + OTHER, "").expect(201);
    admin.send("PUT", "/groups/" + OTHER + "/members/users/" + TestServer.ATTENDEE, "").expect(201);
    String exempt = "{\"downloadExemptGroupIds\":[\"%s\"]}".formatted(GROUP);
    admin.send("PATCH", "/tenant", exempt).expect(428);
    String tag = admin.get("/tenant").expect(200).tag();
    Reply set = admin.send("PATCH", "/tenant", exempt, "If-Match", tag).expect(200);
    becomes(200, content, attendee);

    admin.send("PATCH", "/tenant", exempt, "If-Match", tag).expect(412);
    assertThat(set.json().path("graphTranscriptAccess").asBoolean()).isTrue();
    admin
        .send("PATCH", "/tenant", "{\"downloadExemptGroupIds\":null}", "If-Match", set.tag())
        .expect(200);
    becomes(403, content, attendee);
    admin
        .send("PATCH", "/tenant", "{\"participantDownload\":\"yes\"}", "If-Match", "*")
        .expect(400);
    admin.send("PATCH", "/tenant", "{\"participantDownload\":true}", "If-Match", "*").expect(200);
    becomes(200, content, attendee);
  }

  @Test
  void consentOpensOneChatUntilItIsTakenBack() {
    Recorded recorded = server.record();
    String app = TestServer.guid("chat app").toString();
    String token = server.tokens().app(TestServer.TENANT, app).roles().signed();
    String body = "{\"threadId\":\"%s\",\"appId\":\"%s\"}".formatted(recorded.threadId(), app);
    Reply given = admin.send("POST", "/rscGrants", body).expect(201);
    assertThat(given.json().path("permission").asText()).isEqualTo(RecordingAccess.READ_CHAT);
    becomes(200, recorded.path(), token);
    Reply again = admin.send("POST", "/rscGrants", body).expect(200);
    assertThat(again.tag()).isEqualTo(given.tag());
    String location = given.response().headers().firstValue("Location").orElseThrow();
    admin.get(location).expect(200);

    admin.send("DELETE", location, "").expect(428);
    admin.send("DELETE", location, "", "If-Match", given.tag()).expect(204);
    becomes(403, recorded.path(), token);
    admin.get(location).expect(404);
    admin.get("/rscGrants/none").expect(404);
    admin.send("POST", "/rscGrants", "{\"appId\":\"x\"}").expect(400);
    Reply unknown =
        admin.send("POST", "/rscGrants", "{\"appId\":\"x\",\"threadId\":\"19:y\"}").expect(201);
    assertThat(unknown.json().path("warnings")).hasSize(2);
    assertThat(admin.get("/rscGrants?threadId=19:y").json().path("value")).hasSize(1);
  }

  private void becomes(int status, String path, String token) {
    Poll.until(
        status + " for " + path, PROMISED, () -> server.get(path, token).statusCode() == status);
  }

  private static List<String> texts(JsonNode list, String member) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.path(member).asText()));
    return texts;
  }
}
