package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of a meeting and of an organizer: shapes, links, counts, refusals. */
final class ListsOverHttpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID OTHER_TENANT = TestServer.guid("other tenant");

  private static TestServer server;
  private static Recorded first;
  private static final List<Recorded> RECORDED = new ArrayList<>();
  private static Recorded channel;
  private static Recorded foreign;
  private static String organizer;
  private static String app;

  @BeforeAll
  static void start() {
    server = new TestServer(TestSetup.onPostgres());
    first = server.record();
    RECORDED.add(first);
    for (int i = 1; i < 5; i++) {
      RECORDED.add(
          server
              .handOver()
              .with("meetingId", first.meetingId())
              .with("start", "2026-01-0" + i + "T09:00:00Z")
              .keep());
    }
    channel = server.handOver().channel().keep();
    foreign = server.handOver().tenant(OTHER_TENANT).keep();
    organizer = server.user(TestServer.ORGANIZER);
    app = server.app();
    server.coverEverybody(TestServer.APP);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aListHasGraphsShape() throws IOException {
    String path = "/v1.0/me/onlineMeetings/" + first.meetingId() + "/recordings";
    JsonNode json = json(server.get(path, organizer));

    assertThat(members(json))
        .containsExactly("@odata.context", "@odata.count", "@microsoft.graph.tips", "value");
    assertThat(json.path("@odata.context").asText())
        .isEqualTo(
            server.base()
                + "/v1.0/$metadata#users('"
                + TestServer.ORGANIZER
                + "')/onlineMeetings('"
                + first.meetingId()
                + "')/recordings");
    assertThat(json.path("@odata.count").asInt()).isEqualTo(5);
    for (JsonNode item : json.path("value")) {
      JsonNode single = json(server.get(path + "/" + item.path("id").asText(), organizer));
      ((com.fasterxml.jackson.databind.node.ObjectNode) single).remove("@odata.context");
      assertThat(item).as("as if it were got alone").isEqualTo(single);
    }
    assertThat(json(server.get(path + "/", organizer)).path("value")).hasSize(5);
    HttpResponse<byte[]> answer = server.get(path, organizer);
    assertThat(answer.headers().firstValue("OData-Version")).contains("4.0");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(
            type -> assertThat(type).startsWith("application/json;odata.metadata=minimal"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "createdDateTime ge 2026-01-02T00:00:00Z and createdDateTime lt 2026-01-04T00:00:00Z | 2",
        "CREATEDDATETIME lt 2026-01-02T00:00:00Z | 1",
        "meetingOrganizer/user/displayName eq null | 5",
        "contains(recordingContentUrl,'nowhere') | 0",
        "endswith(recordingContentUrl,'/content') and not (id eq 'x') | 5",
        "id in ('x','y') | 0"
      })
  void filtersAndCounts(String filter, int expected) throws IOException {
    String path = listOf(first, "/v1.0");
    String query = "?$filter=" + URLEncoder.encode(filter, UTF_8);

    JsonNode json = json(server.get(path + query, app));
    assertThat(json.path("value")).hasSize(expected);
    assertThat(json.path("@odata.count").asInt()).isEqualTo(expected);
    HttpResponse<byte[]> count = server.get(path + "/$count" + query, app);
    assertThat(new String(count.body(), UTF_8)).isEqualTo(String.valueOf(expected));
    assertThat(count.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
  }

  @Test
  void aContentCorrelationIdFindsRecordingAndTranscript() throws IOException {
    String path = listOf(first, "/v1.0");
    String correlation = json(server.get(first.path(), app)).path("contentCorrelationId").asText();

    JsonNode found =
        json(server.get(path + "?$filter=contentcorrelationId%20eq%20'" + correlation + "'", app));
    assertThat(found.path("value")).hasSize(1);
    assertThat(found.path("value").path(0).path("id").asText()).isEqualTo(first.id());
  }

  @Test
  void pagesGoOnWithTheirOwnLinks() throws IOException {
    String path = listOf(first, "/beta") + "?$top=2&$orderby=createdDateTime%20desc&$select=id";
    List<String> ids = new ArrayList<>();
    List<String> links = new ArrayList<>();
    String next = path;
    while (!next.isEmpty()) {
      JsonNode json = json(server.get(next, app));
      json.path("value").forEach(item -> ids.add(item.path("id").asText()));
      json.path("value").forEach(item -> assertThat(members(item)).containsExactly("id"));
      assertThat(json.path("@odata.count").asInt()).as("of all").isEqualTo(5);
      assertThat(json.path("@odata.context").asText()).endsWith("/recordings(id)");
      String link = json.path("@odata.nextLink").asText();
      if (!link.isEmpty()) {
        assertThat(link)
            .startsWith(server.base() + listOf(first, "/beta") + "?$skiptoken=")
            .matches(".*skiptoken=[A-Za-z0-9_-]+");
        links.add(link);
      }
      next = link.replace(server.base(), "");
    }
    assertThat(ids).hasSize(5).doesNotHaveDuplicates();
    assertThat(ids).startsWith(first.id());
    assertThat(links).hasSize(2).doesNotHaveDuplicates();
    JsonNode shorter =
        json(server.get(links.getFirst().replace(server.base(), "") + "&$top=1", app));
    assertThat(shorter.path("value")).as("the last $top counts").hasSize(1);
  }

  @Test
  void anOrganizersRecordingsHaveGraphsShape() throws IOException {
    String call = all("/v1.0/users/" + TestServer.ORGANIZER);
    JsonNode json = json(server.get(call + "?$top=3", app));

    assertThat(members(json))
        .containsExactly("@odata.context", "@odata.nextLink", "@odata.count", "value");
    assertThat(json.path("@odata.context").asText())
        .isEqualTo(server.base() + "/v1.0/$metadata#Collection(callRecording)");
    assertThat(json.path("@odata.count").asInt()).as("of the page").isEqualTo(3);
    assertThat(json.path("@odata.nextLink").asText())
        .startsWith(
            server.base()
                + "/v1.0/users('"
                + TestServer.ORGANIZER
                + "')/onlineMeetings/getAllRecordings(meetingOrganizerUserId='"
                + TestServer.ORGANIZER
                + "')?$skiptoken=");
    JsonNode item = json.path("value").path(0);
    assertThat(members(item).getFirst()).isEqualTo("@odata.type");
    assertThat(item.path("@odata.type").asText()).isEqualTo("#microsoft.graph.callRecording");
    JsonNode rest =
        json(server.get(json.path("@odata.nextLink").asText().replace(server.base(), ""), app));
    assertThat(rest.path("value")).as("no channel meeting, no other tenant").hasSize(2);
    assertThat(rest.has("@odata.nextLink")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "getAllRecordings(meetingOrganizerUserId='@meetingOrganizerUserId',startDateTime=@startDateTime,"
            + "endDateTime=@endDateTime)?meetingOrganizerUserId=U&endDateTime=2100-01-01T00:00:00Z",
        "getAllRecordings(meetingOrganizerUserId=@p)?@p='U'",
        "getAllRecordings?$filter=MeetingOrganizer/User/Id%20eq%20'U'",
        "getAllRecordings(meetingOrganizerUserId='U',%20startDateTime=2026-01-01T00:00:00Z)"
      })
  void everySpellingFindsThem(String spelling) throws IOException {
    String path = "/v1.0/users/" + TestServer.ORGANIZER + "/onlineMeetings/";
    String call =
        spelling
            .replace("U'", TestServer.ORGANIZER + "'")
            .replace("=U&", "=" + TestServer.ORGANIZER + "&");

    assertThat(json(server.get(path + call, app)).path("value")).hasSize(5);
  }

  @Test
  void datesBoundWhatWasCreated() throws IOException {
    String call =
        "/v1.0/users/"
            + TestServer.ORGANIZER
            + "/onlineMeetings/getAllRecordings(meetingOrganizerUserId='"
            + TestServer.ORGANIZER
            + "',startDateTime=2026-01-02T09:00:00Z,endDateTime=2026-01-04T09:00:00Z)";

    JsonNode page = json(server.get(call + "?$top=1", app));
    assertThat(page.path("value")).hasSize(1);
    String next = page.path("@odata.nextLink").asText().replace(server.base(), "");
    JsonNode rest = json(server.get(next + "&$top=9", app));
    assertThat(rest.path("value")).as("the end is not within").hasSize(1);
  }

  @Test
  void peopleListTheirOwn() throws IOException {
    assertThat(json(server.get(all("/v1.0/me"), organizer)).path("value")).hasSize(5);
    assertThat(
            json(server.get(all("/beta/users/" + TestServer.ORGANIZER), organizer)).path("value"))
        .hasSize(5);

    String attendee = server.user(TestServer.ATTENDEE);
    HttpResponse<byte[]> others = server.get(all("/v1.0/me"), attendee);
    refused(400, "BadRequest", "The userId must match organizerId.", others);
    assertThat(json(server.get(listOf(first, "/v1.0/me"), attendee)).path("value")).hasSize(5);
  }

  @Test
  void communicationsAreForApplications() throws IOException {
    assertThat(json(server.get(all("/v1.0/communications"), app)).path("value")).hasSize(5);
    assertThat(server.get(all("/v1.0/communications"), organizer).statusCode()).isEqualTo(403);
    assertThat(server.get(all("/v1.0/me"), app).statusCode()).isEqualTo(400);
  }

  @Test
  void theOthersSeeNothing() throws IOException {
    String outsider = server.user(TestServer.OUTSIDER);
    assertThat(server.get(listOf(first, "/v1.0/me"), outsider).statusCode()).isEqualTo(403);
    String noRole = server.tokens().app(TestServer.TENANT, TestServer.APP).roles().signed();
    assertThat(server.get(all("/v1.0/users/" + TestServer.ORGANIZER), noRole).statusCode())
        .isEqualTo(403);
    String uncovered =
        server.tokens().app(TestServer.TENANT, TestServer.guid("x").toString()).signed();
    refused(
        403,
        "Forbidden",
        "No application access policy found for this app "
            + TestServer.guid("x")
            + " on the user "
            + TestServer.ORGANIZER
            + ".",
        server.get(all("/v1.0/users/" + TestServer.ORGANIZER), uncovered));
    String theirs = server.tokens().user(OTHER_TENANT, TestServer.ORGANIZER).signed();
    JsonNode json = json(server.get(all("/v1.0/me"), theirs));
    assertThat(json.path("value")).hasSize(1);
    assertThat(json.path("value").path(0).path("id").asText()).isEqualTo(foreign.id());
    assertThat(server.get(listOf(first, "/v1.0/me"), theirs).statusCode()).isEqualTo(404);
    assertThat(json(server.get(listOf(channel, "/v1.0/me"), organizer)).path("value")).hasSize(1);
  }

  @Test
  void adHocCallsAreApartAndNeedNoPolicy() throws IOException {
    UUID caller = TestServer.guid("caller");
    server.handOver().organizer(caller).attendees().type("adhoc").keep();
    String reader =
        server
            .tokens()
            .app(TestServer.TENANT, TestServer.guid("y").toString())
            .roles("CallRecordings.Read.All")
            .signed();
    String path = "/v1.0/users/" + caller + "/adhocCalls/getAllRecordings(userId='" + caller + "')";

    JsonNode json = json(server.get(path, reader));
    assertThat(json.path("@odata.context").asText())
        .isEqualTo(server.base() + "/v1.0/$metadata#users('" + caller + "')/adhocCalls");
    assertThat(json.path("value")).hasSize(1);
    assertThat(json.path("value").path(0).has("meetingId")).isFalse();
    assertThat(json.path("value").path(0).path("recordingContentUrl").asText())
        .startsWith(server.base() + "/v1.0/users/" + caller + "/adhocCalls/");
    assertThat(json(server.get(path + "/delta", reader)).path("value")).hasSize(1);
    assertThat(server.get(path, app).statusCode()).as("another permission").isEqualTo(403);
    assertThat(
            json(server.get(
                    all("/v1.0/users/" + caller)
                        .replace(TestServer.ORGANIZER.toString(), caller.toString()),
                    app))
                .path("value"))
        .isEmpty();
  }

  @Test
  void wrongTokensAreToldApartFromWrongQueries() throws IOException {
    JsonNode page = json(server.get(listOf(first, "/v1.0") + "?$top=1", app));
    String link = page.path("@odata.nextLink").asText().replace(server.base(), "");
    String token = link.substring(link.indexOf('=') + 1);
    char last = token.charAt(3) == 'A' ? 'B' : 'A';
    String altered = token.substring(0, 3) + last + token.substring(4);

    for (String wrong : List.of(altered, "x", "%00", token + "A", token.substring(1))) {
      refused(
          400,
          "InvalidRequest",
          "",
          server.get(listOf(first, "/v1.0") + "?$skiptoken=" + wrong, app));
    }
    refused(
        400,
        "InvalidRequest",
        "",
        server.get(listOf(channel, "/v1.0") + "?$skiptoken=" + token, app));
    refused(
        400,
        "InvalidRequest",
        "",
        server.get(all("/v1.0/users/" + TestServer.ORGANIZER) + "/delta?$skiptoken=" + token, app));
    refused(400, "BadRequest", "", server.get(link + "&$filter=id%20eq%20'x'", app));
    refused(400, "BadRequest", "", server.get(listOf(first, "/v1.0") + "?$top=0", app));
    refused(400, "BadRequest", "", server.get(listOf(first, "/v1.0") + "?$filter=nothing", app));
    refused(
        400,
        "BadRequest",
        "",
        server.get(
            "/v1.0/users/" + TestServer.ORGANIZER + "/onlineMeetings/getAllRecordings", app));
    String long_ = "?$top=1&$filter=callId%20ne%20'" + "x".repeat(2_000) + "'";
    refused(400, "BadRequest", "", server.get(listOf(first, "/v1.0") + long_, app));
  }

  @Test
  void aTokenGivesNoRight() throws IOException {
    JsonNode page = json(server.get(listOf(first, "/v1.0") + "?$top=1", app));
    String link = page.path("@odata.nextLink").asText().replace(server.base(), "");

    String outsider =
        server.tokens().app(TestServer.TENANT, TestServer.guid("x").toString()).signed();
    assertThat(server.get(link, outsider).statusCode()).isEqualTo(403);
  }

  private static String listOf(Recorded recorded, String root) {
    String person = root.endsWith("/me") ? root : root + "/users/" + TestServer.ORGANIZER;
    return person + "/onlineMeetings/" + recorded.meetingId() + "/recordings";
  }

  private static String all(String parent) {
    return parent
        + "/onlineMeetings/getAllRecordings(meetingOrganizerUserId='"
        + TestServer.ORGANIZER
        + "')";
  }

  private static void refused(int status, String code, String message, HttpResponse<byte[]> answer)
      throws IOException {
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(message).isNotEmpty();
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static List<String> members(JsonNode json) {
    return json.properties().stream().map(Map.Entry::getKey).toList();
  }
}
