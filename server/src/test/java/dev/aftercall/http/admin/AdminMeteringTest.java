package dev.aftercall.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.access.AdminAccess;
import dev.aftercall.http.admin.AdminClient.Reply;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications, usage, the journal and who watched what, over HTTP. */
final class AdminMeteringTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private TestServer server;
  private AdminClient admin;

  @BeforeEach
  void start() {
    server = new TestServer();
    admin = AdminClient.manager(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Recorded downloaded() {
    Recorded recorded = server.record();
    server
        .database()
        .write(handle -> handle.execute("update recording set duration_millis = 150000"));
    assertThat(server.get(recorded.contentPath(), server.user(TestServer.ORGANIZER)).statusCode())
        .isEqualTo(200);
    return recorded;
  }

  @Test
  void aPlanIsSetAsItStands() {
    admin.get("/applications/app").expect(404);
    Reply made =
        admin.send("PUT", "/applications/app", "{\"meteringPlan\":\"Evaluation\"}").expect(201);
    assertThat(made.json().path("meteringPlan").asText()).isEqualTo("evaluation");
    assertThat(made.json().path("warnings").get(0).asText()).contains("retrieved nothing");
    assertThat(admin.get("/applications/app").expect(200).tag()).isEqualTo(made.tag());
    String unlimited = "{\"meteringPlan\":\"unlimited\"}";
    admin.send("PUT", "/applications/app", unlimited).expect(428);
    admin.send("PUT", "/applications/app", unlimited, "If-Match", "\"99\"").expect(412);
    Reply changed =
        admin.send("PUT", "/applications/app", unlimited, "If-Match", made.tag()).expect(200);
    admin.send("PUT", "/applications/app", unlimited, "If-Match", made.tag()).expect(412);
    assertThat(changed.tag()).isNotEqualTo(made.tag());
    Reply wrong = admin.send("PUT", "/applications/b", "{\"meteringPlan\":\"free\"}").expect(400);
    assertThat(wrong.json().toString()).contains("evaluation", "standard");
    AdminClient.reader(server)
        .send("PUT", "/applications/app", unlimited, "If-Match", changed.tag())
        .expect(403);
    admin.send("PUT", "/applications/z", unlimited).expect(201);
    Reply first = admin.get("/applications?$top=1").expect(200);
    Reply second = admin.get(first.json().path("@odata.nextLink").asText()).expect(200);
    assertThat(first.json().at("/value/0/appId").asText()).isEqualTo("app");
    assertThat(second.json().at("/value/0/appId").asText()).isEqualTo("z");
  }

  @Test
  void usageIsThereAsJsonAndAsAFile() {
    downloaded();
    JsonNode row = admin.get("/usage").expect(200).json().at("/value/0");
    assertThat(row.path("month").asText()).isEqualTo("2026-11");
    String app = row.path("appId").asText();
    assertThat(app).isNotEmpty();
    assertThat(row.path("minutes").asLong()).isEqualTo(2);
    assertThat(row.path("amount").asText()).isEqualTo("0.006000");
    assertThat(row.path("currency").asText()).isEqualTo("USD");
    assertThat(admin.get("/applications").json().at("/value/0/appId").asText()).isEqualTo(app);

    Reply other = admin.get("/usage?from=2026-01&to=2026-10").expect(200);
    assertThat(other.json().path("value")).isEmpty();
    assertThat(admin.get("/usage?from=2026-01&meter=recording").json().path("value")).hasSize(1);
    assertThat(admin.get("/usage?meter=transcript").json().path("value")).isEmpty();

    var file =
        server.get(
            "/admin/v1/usage?month=2026-11",
            server.tokens().app(TestServer.TENANT, "m").roles(AdminAccess.MANAGE).signed(),
            "Accept",
            "text/csv");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(new String(file.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "month,appId,meter,retrievals,minutes,amount,currency\r\n2026-11,"
                + app
                + ",recording,1,2,0.006000,USD\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usage?month=2026-13",
        "/usage?month=2026-11&from=2026-01",
        "/usage?meter=video",
        "/usage?year=2026",
        "/journal?from=yesterday",
        "/journal?allowed=maybe",
        "/journal?recording=none",
        "/journal?$top=0",
        "/recordings/none/accesses"
      })
  void wrongWordsAreExplained(String path) {
    Reply reply = admin.get(path).expect(400);
    assertThat(reply.json().at("/error/innerError/message").asText()).isNotEmpty();
  }

  @Test
  void whoGotAtARecordingIsAnswered() {
    Recorded recorded = downloaded();
    String path = "/recordings/" + recorded.id() + "/accesses";
    Poll.until("it is written", SOON, () -> ended(path));
    JsonNode access = admin.get(path).json().at("/value/0");

    assertThat(access.path("caller").asText()).isEqualTo(TestServer.ORGANIZER.toString());
    assertThat(access.path("bytes").asLong()).isEqualTo(recorded.bytes().length);
    assertThat(access.path("ranges").asText()).isEqualTo("0-" + (recorded.bytes().length - 1));
    assertThat(access.path("minutes").asLong()).isEqualTo(2);
    assertThat(access.path("rule").asText()).isEqualTo("delegated");
    assertThat(admin.get("/recordings/" + recorded.artifact() + "/accesses").json().at("/value/0"))
        .isEqualTo(access);
    assertThat(AdminClient.manager(server, TestServer.guid("other")).get(path).json().path("value"))
        .isEmpty();
  }

  private boolean ended(String path) {
    JsonNode value = admin.get(path).expect(200).json().path("value");
    return value.size() == 1 && value.get(0).path("unended").asLong() == 0;
  }

  @Test
  void theJournalIsReadPageByPageThroughFilters() {
    Recorded recorded = downloaded();
    server.get(recorded.path(), server.user(TestServer.OUTSIDER));
    String of = "/journal?recording=" + recorded.id();
    Poll.until(
        "all is written", SOON, () -> admin.get(of).expect(200).json().path("value").size() == 3);

    JsonNode refusals = admin.get(of + "&allowed=false").json().path("value");
    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0).path("caller").asText()).isEqualTo(TestServer.OUTSIDER.toString());
    List<Long> sequences = new ArrayList<>();
    String link = of + "&$top=1";
    while (!link.isEmpty()) {
      JsonNode page = admin.get(link).expect(200).json();
      page.path("value").forEach(entry -> sequences.add(entry.path("sequence").asLong()));
      link = page.path("@odata.nextLink").asText();
    }
    assertThat(sequences).hasSize(3).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(admin.get("/journal?to=2020-01-01T00:00:00Z").json().path("value")).isEmpty();
    assertThat(
            AdminClient.manager(server, TestServer.guid("other"))
                .get("/journal?caller=" + TestServer.ORGANIZER)
                .json()
                .path("value"))
        .isEmpty();
  }
}
