package dev.aftercall.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.access.AdminAccess;
import dev.aftercall.http.admin.AdminClient.Reply;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who reads what was deleted and a hold keeps: compliance readers, and only while it is held. */
final class AdminHeldContentTest {
  private TestServer server;
  private Recorded recorded;
  private String item;

  @BeforeEach
  void start() {
    server = new TestServer();
    recorded = server.record();
    item = "/recordings/" + recorded.artifact();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String reader() {
    return server
        .tokens()
        .app(TestServer.TENANT, TestServer.guid("compliance").toString())
        .roles(AdminAccess.COMPLIANCE)
        .signed();
  }

  private AdminClient manager() {
    return AdminClient.manager(server);
  }

  private HttpResponse<byte[]> content(String token, String... fields) {
    return server.get("/admin/v1" + item + "/content", token, fields);
  }

  private void delete() {
    manager().send("DELETE", item, "", "If-Match", "*").expect(204);
  }

  private String hold() {
    return manager()
        .send("POST", "/holds", "{\"name\":\"Lawsuit\",\"scope\":\"tenant\"}")
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  @Test
  void aComplianceReaderReadsWhatIsHeldThoughDeleted() {
    hold();
    delete();
    AdminClient reader = AdminClient.with(server, reader());
    assertThat(reader.get(item).expect(200).json().path("holds").path(0).asText())
        .isEqualTo("Lawsuit");

    HttpResponse<byte[]> whole = content(reader());
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(recorded.bytes());
    assertThat(whole.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(whole.headers().firstValue("ETag")).contains(recorded.entityTag());

    HttpResponse<byte[]> part = content(reader(), "Range", "bytes=0-9");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(10);
    assertThat(content(reader(), "If-None-Match", recorded.entityTag()).statusCode())
        .isEqualTo(304);
  }

  @Test
  void whatIsNotDeletedOrNotHeldIsNotThere() {
    assertThat(content(reader()).statusCode()).isEqualTo(404);
    String hold = hold();
    assertThat(content(reader()).statusCode()).as("held, and not deleted").isEqualTo(404);
    delete();
    assertThat(content(reader()).statusCode()).isEqualTo(200);
    manager().send("DELETE", "/holds/" + hold, "", "If-Match", "*").expect(204);
    assertThat(content(reader()).statusCode()).as("deleted, and held no more").isEqualTo(404);
  }

  @Test
  void nobodyElseReadsIt() {
    hold();
    delete();
    assertThat(server.get(recorded.path() + "/content", server.user(TestServer.ORGANIZER)))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(404);
    assertThat(server.get(recorded.path(), reader()).statusCode()).isEqualTo(403);
    assertThat(manager().get(item + "/content").expect(403).rule())
        .isEqualTo("ComplianceReaderNeeded");
    assertThat(
            AdminClient.with(server, server.user(TestServer.ORGANIZER))
                .get(item + "/content")
                .expect(403)
                .rule())
        .isEqualTo("ScopeMissing");
    String elsewhere =
        server
            .tokens()
            .app(TestServer.guid("elsewhere"), TestServer.guid("compliance").toString())
            .roles(AdminAccess.COMPLIANCE)
            .signed();
    assertThat(content(elsewhere).statusCode()).isEqualTo(404);
  }

  @Test
  void whatWentWithItsMeetingIsReadToo() {
    hold();
    assertThat(
            server
                .send(
                    server
                        .request(
                            "/v1.0/users/"
                                + TestServer.ORGANIZER
                                + "/onlineMeetings/"
                                + recorded.meetingId(),
                            server
                                .tokens()
                                .user(TestServer.TENANT, TestServer.ORGANIZER)
                                .scopes("OnlineMeetings.ReadWrite")
                                .signed())
                        .DELETE())
                .statusCode())
        .isEqualTo(204);
    assertThat(content(reader()).statusCode()).isEqualTo(200);
  }

  @Test
  void theJournalTellsWhoReadIt() {
    hold();
    delete();
    HttpResponse<byte[]> whole = content(reader());
    assertThat(whole.statusCode()).isEqualTo(200);
    Poll.until(
        "the reading to be journalled with its bytes",
        Duration.ofSeconds(20),
        () -> {
          JsonNode seen = manager().get(item + "/accesses").expect(200).json().path("value");
          return seen.size() == 1
              && seen.get(0).path("bytes").asLong() == recorded.bytes().length
              && seen.get(0).path("rule").asText().equals("compliance");
        });
  }

  @Test
  void aRefusalIsExplained() {
    delete();
    Reply refused = AdminClient.with(server, reader()).get(item + "/content").expect(404);
    String id = refused.response().headers().firstValue("request-id").orElseThrow();
    JsonNode why = manager().get("/decisions/requests/" + id).expect(200).json();
    assertThat(why.path("failingRule").asText()).isEqualTo("NotFound");
    assertThat(why.toString()).contains("No hold keeps the item");
    assertThat(why.path("action").asText()).isEqualTo("content");
  }
}
