package dev.aftercall.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.access.AdminAccess;
import dev.aftercall.http.admin.AdminClient.Reply;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retention, holds, the trash and certificates over HTTP. */
final class AdminArchiveTest {
  private TestServer server;
  private Recorded recorded;
  private String artifact;

  @BeforeEach
  void start() {
    server = new TestServer();
    recorded = server.record();
    artifact = recorded.artifact().toString();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** With a token of now: the clock goes far here. */
  private AdminClient admin() {
    return AdminClient.manager(server);
  }

  @Test
  void aDeletedRecordingIsHiddenAndComesBack() {
    String graph = recorded.path() + "/content";
    assertThat(graphStatus(graph)).isEqualTo(200);
    Reply read = admin().get("/recordings/" + artifact).expect(200);
    assertThat(read.json().path("state").asText()).isEqualTo("live");
    assertThat(read.json().path("expiresBy").asText()).isEqualTo("default");
    assertThat(read.json().path("expiresAt").asText()).startsWith("20");

    admin().send("DELETE", "/recordings/" + artifact, "").expect(428);
    admin().send("DELETE", "/recordings/" + artifact, "", "If-Match", "\"99\"").expect(412);
    admin().send("DELETE", "/recordings/" + artifact, "", "If-Match", read.tag()).expect(204);
    admin().send("DELETE", "/recordings/" + artifact, "", "If-Match", "*").expect(404);

    assertThat(graphStatus(graph)).isEqualTo(404);
    assertThat(graphStatus(recorded.path())).isEqualTo(404);
    assertThat(admin().get("/recordings").expect(200).json().path("value")).isEmpty();
    JsonNode trash = AdminClient.reader(server).get("/trash").expect(200).json().path("value");
    assertThat(trash).hasSize(1);
    assertThat(trash.get(0).path("artifactId").asText()).isEqualTo(artifact);
    assertThat(trash.get(0).path("reason").asText()).isEqualTo("deleted");

    Reply restored = admin().send("POST", "/trash/" + artifact + "/restore", "").expect(200);
    assertThat(restored.json().path("state").asText()).isEqualTo("live");
    assertThat(graphStatus(graph)).isEqualTo(200);
    admin().send("POST", "/trash/" + artifact + "/restore", "").expect(404);
  }

  private int graphStatus(String path) {
    return server.get(path, server.user(TestServer.ORGANIZER)).statusCode();
  }

  @Test
  void anOrganizerDeletesTheirOwnAndNobodyElses() {
    AdminClient organizer = person(TestServer.ORGANIZER);
    AdminClient stranger = person(TestServer.OUTSIDER);
    String path = "/recordings/" + artifact;
    assertThat(stranger.send("DELETE", path, "", "If-Match", "*").expect(403).rule())
        .isEqualTo("NotTheOrganizer");
    stranger.send("DELETE", "/recordings/" + TestServer.guid("none"), "").expect(403);
    organizer.get(path).expect(403);
    organizer.send("POST", "/recordings/delete", "{\"ids\":[\"" + artifact + "\"]}").expect(403);
    AdminClient.reader(server).send("DELETE", path, "", "If-Match", "*").expect(403);
    organizer.send("DELETE", path, "", "If-Match", "*").expect(204);
    assertThat(admin().get(path).json().path("removedBy").asText())
        .isEqualTo(TestServer.ORGANIZER.toString());
  }

  private AdminClient person(java.util.UUID oid) {
    return AdminClient.with(
        server, server.tokens().user(TestServer.TENANT, oid).scopes(AdminAccess.MANAGE).signed());
  }

  @Test
  void manyAreDeletedEachForItself() {
    String none = TestServer.guid("none").toString();
    JsonNode results =
        admin()
            .send(
                "POST",
                "/recordings/delete",
                "{\"ids\":[\"" + artifact + "\",\"" + none + "\",\"" + artifact + "\"]}")
            .expect(200)
            .json()
            .path("value");
    assertThat(results.findValuesAsText("status")).containsExactly("204", "404", "404");
    assertThat(results.get(1).at("/error/remedy").asText()).contains("disposals");
  }

  @Test
  void rulesDecideAndTagsAreTheMostSpecific() {
    String rule = "{\"name\":\"all\",\"scope\":\"tenant\",\"days\":30}";
    Reply made = admin().send("POST", "/retentionRules", rule).expect(201);
    admin().send("POST", "/retentionRules", rule).expect(409);
    admin()
        .send("POST", "/retentionRules", "{\"name\":\"x\",\"scope\":\"group\",\"days\":1}")
        .expect(400);
    admin()
        .send(
            "POST", "/retentionRules", "{\"name\":\"board\",\"scope\":\"tag\",\"value\":\"board\"}")
        .expect(201);
    assertThat(admin().get("/recordings/" + artifact).json().path("expiresBy").asText())
        .isEqualTo("all");
    Reply tagged =
        admin()
            .send("PATCH", "/recordings/" + artifact, "{\"tags\":[\"board\"]}", "If-Match", "*")
            .expect(200);
    assertThat(tagged.json().path("expiresBy").asText()).isEqualTo("board");
    assertThat(tagged.json().path("expiresAt").isNull()).isTrue();

    String id = made.json().path("id").asText();
    String other = "{\"name\":\"all\",\"scope\":\"tenant\",\"days\":31}";
    admin().send("PUT", "/retentionRules/" + id, other, "If-Match", "\"7\"").expect(412);
    admin().send("PUT", "/retentionRules/" + id, other, "If-Match", made.tag()).expect(200);
    admin().send("DELETE", "/retentionRules/" + id, "", "If-Match", "*").expect(204);
    assertThat(admin().get("/retentionRules").json().path("value")).hasSize(1);
  }

  @Test
  void whatIsDueIsForetoldHeldAndPurgedWithACertificate() {
    String in125Days = "2027-03-28";
    JsonNode forecast = admin().get("/retention/preview?date=" + in125Days).expect(200).json();
    assertThat(forecast.at("/toTrash/items").asInt()).isEqualTo(1);
    admin().get("/retention/preview?date=soon").expect(400);

    server.clock().advance(Duration.ofDays(125));
    run(true);
    assertThat(admin().get("/trash").json().at("/value/0/reason").asText()).isEqualTo("expired");
    String hold =
        "{\"name\":\"Lawsuit\",\"scope\":\"query\",\"value\":\"meetingOrganizer/user/id eq '"
            + TestServer.ORGANIZER
            + "'\"}";
    Reply placed = admin().send("POST", "/holds", hold).expect(201);
    assertThat(placed.json().path("tooLateFor")).isEmpty();
    admin().send("POST", "/holds", hold).expect(409);
    admin()
        .send("POST", "/holds", "{\"name\":\"x\",\"scope\":\"query\",\"value\":\"nonsense\"}")
        .expect(400);

    server.clock().advance(Duration.ofDays(94));
    assertThat(run(true).path("purged").asInt()).isZero();
    JsonNode kept =
        AdminClient.reader(server).get("/recordings?state=trash&held=true").json().path("value");
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).path("holds").get(0).asText()).isEqualTo("Lawsuit");

    String id = placed.json().path("id").asText();
    admin().send("DELETE", "/holds/" + id, "", "If-Match", placed.tag()).expect(204);
    assertThat(run(false).path("purged").asInt()).isEqualTo(1);
    admin().get("/recordings/" + artifact).expect(404);
    JsonNode disposal = admin().get("/disposals").expect(200).json().at("/value/0");
    assertThat(disposal.path("artifactId").asText()).isEqualTo(artifact);
    assertThat(disposal.at("/claims/removal/rule").asText()).isEqualTo("default");
    assertThat(disposal.at("/claims/artifact/sha256").asText()).hasSize(64);
    assertThat(admin().get("/disposals/keys").json().at("/keys/0/crv").asText()).isEqualTo("P-256");
    admin().get("/disposals/" + disposal.path("id").asText()).expect(200);
  }

  @Test
  void theListOfHoldsGoesOnWhereItsLastHoldWasReleasedMeanwhile() {
    for (String name : List.of("first", "second", "third", "fourth", "fifth", "sixth")) {
      if (name.equals("fourth")) {
        server.clock().advance(Duration.ofMinutes(1));
      }
      String hold = "{\"name\":\"" + name + "\",\"scope\":\"tenant\"}";
      admin().send("POST", "/holds", hold).expect(201);
    }
    List<String> all = ids(admin().get("/holds"));
    assertThat(all).hasSize(6);

    Reply page = admin().get("/holds?$top=2");
    assertThat(ids(page)).isEqualTo(all.subList(0, 2));
    release(all.get(1));
    Reply next = admin().get(page.json().path("@odata.nextLink").asText());
    assertThat(ids(next)).isEqualTo(all.subList(2, 4));
    release(all.get(3));
    Reply last = admin().get(next.json().path("@odata.nextLink").asText());
    assertThat(ids(last)).isEqualTo(all.subList(4, 6));
    assertThat(last.json().has("@odata.nextLink")).isFalse();
  }

  private static List<String> ids(Reply list) {
    return list.expect(200).json().path("value").findValuesAsText("id");
  }

  private void release(String hold) {
    admin().send("DELETE", "/holds/" + hold, "", "If-Match", "*").expect(204);
  }

  private JsonNode run(boolean confirm) {
    return admin()
        .send("POST", "/retention/run", "{\"confirm\":" + confirm + "}")
        .expect(200)
        .json();
  }

  @Test
  void theJournalHearsOnceOfWhatIsGoingToExpire() {
    run(false);
    server.clock().advance(Duration.ofDays(110));
    run(true);
    run(true);
    String warnings = "/journal?caller=retention&recording=" + artifact;
    Poll.until(
        "the warning to be in the journal",
        Duration.ofSeconds(20),
        () -> !admin().get(warnings).json().path("value").isEmpty());
    JsonNode entries = admin().get(warnings).expect(200).json().path("value");
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).path("action").asText()).isEqualTo("retention-warning");
    assertThat(entries.get(0).path("rule").asText()).startsWith("default, expires 20");

    admin()
        .send("POST", "/retentionRules", "{\"name\":\"later\",\"scope\":\"tenant\",\"days\":121}")
        .expect(201);
    run(true);
    Poll.until(
        "another warning, of the new rule",
        Duration.ofSeconds(20),
        () -> admin().get(warnings).json().path("value").size() == 2);
  }

  @Test
  void aClockThatLeapsIsNotBelieved() {
    assertThat(run(false).path("verdict").asText()).isEqualTo("done");
    server.clock().advance(Duration.ofDays(400));
    assertThat(run(false).path("verdict").asText()).isEqualTo("clock_ahead");
    server.clock().advance(Duration.ofDays(-410));
    assertThat(run(true).path("verdict").asText()).isEqualTo("clock_behind");
    assertThat(admin().get("/recordings").json().path("value")).hasSize(1);
  }

  @Test
  void anotherTenantSeesAndRemovesNothing() {
    AdminClient other = AdminClient.manager(server, TestServer.guid("elsewhere"));
    assertThat(other.get("/recordings").expect(200).json().path("value")).isEmpty();
    other.get("/recordings/" + artifact).expect(404);
    other.send("DELETE", "/recordings/" + artifact, "", "If-Match", "*").expect(404);
    admin().get("/recordings/" + artifact).expect(200);
  }
}
