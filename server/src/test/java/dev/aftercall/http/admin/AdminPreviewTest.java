package dev.aftercall.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.http.admin.AdminClient.Reply;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change is looked at before it is made, and tried beside the rules in force. */
final class AdminPreviewTest {
  private static final String OPEN =
      "{\"operations\":[{\"op\":\"put\",\"path\":\"/policies/archive\",\"value\":{\"appIds\":[\""
          + TestServer.APP
          + "\"]}},{\"op\":\"put\",\"path\":\"/grants/global\",\"value\":{\"policyName\":\"archive\"}}]}";

  private TestServer server;
  private AdminClient manager;

  @BeforeEach
  void start() {
    server = new TestServer();
    manager = AdminClient.manager(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void previewTellsWhatAChangeWouldOpenAndChangesNothing() {
    Recorded recorded = server.record();

    Reply said = manager.send("POST", "/preview", OPEN).expect(200);

    assertThat(said.json().at("/applications/0/appId").asText()).isEqualTo(TestServer.APP);
    assertThat(said.json().at("/applications/0/gained/organizers").asInt()).isEqualTo(1);
    assertThat(said.json().at("/applications/0/gained/new").asInt()).isEqualTo(1);
    assertThat(said.json().at("/applications/0/gained/first/0").asText())
        .isEqualTo(TestServer.ORGANIZER.toString());
    assertThat(said.json().at("/summary/0").asText()).contains("gains 1 person");
    assertThat(server.get(recorded.path(), server.app()).statusCode()).isEqualTo(403);

    AdminClient.reader(server).send("POST", "/preview", OPEN).expect(200);
    assertThat(manager.send("POST", "/preview", "{\"operations\":[{}]}").expect(400).json())
        .asString()
        .contains("operations[0]");
    assertThat(manager.send("POST", "/preview", "{}").expect(400).rule())
        .isEqualTo("MemberMissing");
  }

  @Test
  void shadowRulesAreAskedAndNeverAnswer() {
    Recorded recorded = server.record();
    manager.get("/shadow").expect(404);
    assertThat(server.get(recorded.path(), server.app()).statusCode()).isEqualTo(403);

    Reply begun = manager.send("PUT", "/shadow", OPEN).expect(201);
    server.obey();
    for (int i = 0; i < 3; i++) {
      assertThat(server.get(recorded.path(), server.app()).statusCode()).isEqualTo(403);
    }
    // The organizer's own way is the same by both.
    assertThat(server.get(recorded.path(), server.user(TestServer.ORGANIZER)).statusCode())
        .isEqualTo(200);
    JsonNode difference = difference(3);

    assertThat(difference.path("appId").asText()).isEqualTo(TestServer.APP);
    assertThat(difference.path("personId").asText()).isEqualTo(TestServer.ORGANIZER.toString());
    assertThat(difference.path("action").asText()).isEqualTo("metadata");
    assertThat(difference.path("decided").asText())
        .isEqualTo("deny:ApplicationAccessPolicyMissing");
    assertThat(difference.path("shadow").asText()).isEqualTo("allow:policy");
    assertThat(manager.get("/shadow/differences").json().path("value")).hasSize(1);
    assertThat(
            AdminClient.manager(server, TestServer.guid("another tenant"))
                .get("/shadow/differences")
                .json()
                .path("value"))
        .isEmpty();

    manager.send("PUT", "/shadow", OPEN).expect(428);
    manager.send("DELETE", "/shadow", "", "If-Match", "\"1\"").expect(412);
    manager.send("DELETE", "/shadow", "", "If-Match", begun.tag()).expect(204);
    manager.get("/shadow").expect(404);
    server.obey();
    assertThat(server.get(recorded.path(), server.app()).statusCode()).isEqualTo(403);
    assertThat(manager.get("/shadow/differences").json().at("/value/0/count").asInt()).isEqualTo(3);
  }

  @Test
  void shadowRulesFollowThoseInForceAndTellWhatWouldBeLost() {
    Recorded recorded = server.record();
    server.coverEverybody(TestServer.APP);
    manager
        .send(
            "PUT",
            "/shadow",
            "{\"operations\":[{\"op\":\"remove\",\"path\":\"/policies/everybody\"}]}")
        .expect(201);
    server.obey();
    assertThat(server.get(recorded.path(), server.app()).statusCode()).isEqualTo(200);

    JsonNode difference = difference(1);
    assertThat(difference.path("decided").asText()).isEqualTo("allow:policy");
    assertThat(difference.path("shadow").asText()).isEqualTo("deny:ApplicationAccessPolicyMissing");
  }

  private JsonNode difference(int count) {
    return Poll.forValue(
        count + " decisions that differ",
        Duration.ofSeconds(10),
        () ->
            Optional.of(manager.get("/shadow/differences").json().at("/value/0"))
                .filter(found -> found.path("count").asInt() == count));
  }

  @Test
  void storageIsCheckedWhenAskedFor() {
    Recorded recorded = server.record();
    Reply run = manager.send("POST", "/storage/runs", "{\"hash\":\"full\"}").expect(201);
    String id = run.json().path("id").asText();
    JsonNode done =
        Poll.forValue(
            "the run is done",
            Duration.ofSeconds(20),
            () ->
                Optional.of(manager.get("/storage/runs/" + id).expect(200).json())
                    .filter(json -> json.path("state").asText().equals("done")));
    assertThat(done.at("/counts/hashed").asInt()).isEqualTo(1);
    assertThat(done.at("/counts/findings").asInt()).isZero();
    assertThat(manager.get("/storage/findings").expect(200).json().path("value")).isEmpty();
    assertThat(manager.get("/storage/runs").json().path("value")).hasSize(1);
    AdminClient other = AdminClient.manager(server, TestServer.guid("another tenant"));
    other.get("/storage/runs/" + id).expect(404);
    assertThat(other.get("/storage/runs").json().path("value")).isEmpty();
    manager.send("POST", "/storage/runs", "{\"hash\":\"half\"}").expect(400);
    manager.get("/storage/findings?kind=strange").expect(400);
    AdminClient.reader(server).send("POST", "/storage/runs", "{}").expect(403);
    assertThat(recorded).isNotNull();
  }
}
