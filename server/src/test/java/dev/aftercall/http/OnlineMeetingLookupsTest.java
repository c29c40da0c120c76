package dev.aftercall.http;

import static dev.aftercall.http.MeetingCalls.MINE;
import static dev.aftercall.http.MeetingCalls.filter;
import static dev.aftercall.http.MeetingCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.config.Cloud;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding meetings by links and numbers. */
final class OnlineMeetingLookupsTest {
  private static TestServer server;
  private static MeetingCalls calls;
  private static String organizer;
  private static JsonNode meeting;

  @BeforeAll
  static void start() {
    server = new TestServer();
    calls = new MeetingCalls(server);
    organizer = calls.user(TestServer.ORGANIZER);
    meeting =
        calls.create(
            organizer,
            "{\"participants\":{\"attendees\":[{\"identity\":{\"user\":{\"id\":\"%s\"}}}]}}"
                .formatted(TestServer.ATTENDEE));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<JsonNode> found(String filter) {
    return found(filter, organizer);
  }

  private static List<JsonNode> found(String filter, String token) {
    JsonNode json = calls.get(MINE + filter(filter), token);
    assertThat(json.path("@odata.context").asText()).endsWith("/onlineMeetings");
    return json.path("value").valueStream().toList();
  }

  @Test
  void byItsLinkHoweverItIsSpelt() {
    String url = meeting.path("joinWebUrl").asText();

    assertThat(found("JoinWebUrl eq '" + url + "'")).containsExactly(meetingAlone());
    assertThat(found("joinweburl EQ '" + url.replace("%", "%25") + "'")).hasSize(1);
    assertThat(found("  JOINWEBURL  eq  '" + URLDecoder.decode(url, StandardCharsets.UTF_8) + "' "))
        .hasSize(1);
    assertThat(found("JoinWebUrl eq '" + url + "&note=it''s'")).hasSize(1);
    assertThat(found("JoinWebUrl eq '" + url + "'", calls.user(TestServer.ATTENDEE))).hasSize(1);
  }

  private static JsonNode meetingAlone() {
    return calls.get(MINE + "/" + meeting.path("id").asText(), organizer).deepCopy()
            instanceof com.fasterxml.jackson.databind.node.ObjectNode json
        ? json.without("@odata.context")
        : meeting;
  }

  @Test
  void byItsShortLink() {
    String html =
        URLDecoder.decode(
            meeting.path("joinInformation").path("content").asText(), StandardCharsets.UTF_8);
    Matcher link =
        Pattern.compile("https://teams.microsoft.com/meet/\\d+\\?p=[A-Za-z0-9_-]+").matcher(html);
    assertThat(link.find()).isTrue();
    String url = link.group();

    assertThat(found("JoinWebUrl eq '" + url + "'")).containsExactly(meetingAlone());
    assertThat(found("JoinWebUrl eq '" + url.substring(0, url.indexOf('?')) + "'")).hasSize(1);
    assertThat(found("JoinWebUrl eq '" + url + "x'")).isEmpty();
  }

  @Test
  void byTheNumberPeopleType() {
    String number = meeting.path("joinMeetingIdSettings").path("joinMeetingId").asText();

    assertThat(found("joinMeetingIdSettings/joinMeetingId eq '" + number + "'"))
        .containsExactly(meetingAlone());
    assertThat(found("JOINMEETINGIDSETTINGS/JOINMEETINGID eq '" + number + "0'")).isEmpty();
  }

  @Test
  void aForeignLinkFindsNothingAndAStrangerIsRefused() {
    String url = meeting.path("joinWebUrl").asText();
    String link = MINE + filter("JoinWebUrl eq '" + url + "'");

    assertThat(found("JoinWebUrl eq '" + url.replace("Tid%22%3a%22", "Tid%22%3a%220") + "'"))
        .hasSize(1);
    String otherTenant = TestServer.guid("other tenant").toString();
    assertThat(
            found("JoinWebUrl eq '" + url.replace(TestServer.TENANT.toString(), otherTenant) + "'"))
        .isEmpty();
    assertThat(
            calls
                .get(link, calls.user(TestServer.guid("other tenant"), TestServer.ORGANIZER))
                .path("value"))
        .isEmpty();
    assertThat(
            refused(403, server.get(link, calls.user(TestServer.OUTSIDER)))
                .path("message")
                .asText())
        .isEqualTo("3003: User does not have access to lookup meeting");
  }

  @Test
  void selectsProperties() {
    String url = meeting.path("joinWebUrl").asText();
    JsonNode json =
        calls.get(MINE + filter("JoinWebUrl eq '" + url + "'") + "&$select=id,subject", organizer);

    assertThat(json.path("@odata.context").asText()).endsWith("/onlineMeetings(id,subject)");
    assertThat(json.path("value").get(0)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?$filter=subject%20eq%20'x'",
        "?$filter=JoinWebUrl%20ne%20'x'",
        "?$select=id"
      })
  void withoutItsFilterNothingIsListed(String query) {
    JsonNode error = refused(400, server.get(MINE + query, organizer));

    assertThat(error.path("code").asText()).isEqualTo("InvalidArgument");
    assertThat(error.path("message").asText()).startsWith("Filter expression expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JoinWebUrl eq",
        "JoinWebUrl eq 'x",
        "eq 'x'",
        "JoinWebUrl 'x'",
        "JoinWebUrl eq 'x' or id eq 'x'",
        "JoinWebUrl eq 'x')",
        "JoinWebUrl eq 'no link'",
        "JoinWebUrl eq '\u0000'",
        "(((((((((("
      })
  void brokenFiltersAreExplained(String filter) {
    JsonNode error = refused(400, server.get(MINE + filter(filter), organizer));

    assertThat(error.path("code").asText()).isEqualTo("BadRequest");
  }

  @Test
  void byVideoTeleconferenceIdForApplicationsWithoutPolicy() {
    String number = meeting.path("videoTeleconferenceId").asText();
    String path = "/v1.0/communications/onlineMeetings";
    String byNumber = path + filter("VideoTeleconferenceId eq '" + number + "'");
    String app = calls.app("OnlineMeetings.Read.All");

    assertThat(calls.get(byNumber, app).path("value")).containsExactly(meetingAlone());
    assertThat(calls.get(path + "/" + filter("VideoTeleconferenceId eq '1'"), app).path("value"))
        .isEmpty();
    assertThat(refused(403, server.get(byNumber, organizer)).path("message").asText())
        .startsWith("Missing role permissions on the request.");
    refused(403, server.get(byNumber, calls.app("Other")));
    for (String wrong :
        List.of("", filter("JoinWebUrl eq '" + meeting.path("joinWebUrl").asText() + "'"))) {
      JsonNode error = refused(400, server.get(path + wrong, app));
      assertThat(error.path("code").asText()).isEqualTo("InvalidArgument");
      assertThat(error.path("message").asText())
          .isEqualTo(
              "Filter expression expected -"
                  + " /onlineMeetings?$filter=VideoTeleconferenceId eq '{vtcid}'.");
    }
    String foreign =
        server
            .tokens()
            .app(TestServer.guid("other tenant"), TestServer.APP)
            .roles("OnlineMeetings.Read.All")
            .signed();
    assertThat(calls.get(byNumber, foreign).path("value")).isEmpty();
  }

  @Test
  void chinaHasNoMeetingsAndTheUnitedStatesHave() {
    try (TestServer china = new TestServer(TestSetup.cloud(Cloud.CHINA));
        TestServer usa = new TestServer(TestSetup.cloud(Cloud.USGOV_L4))) {
      String theirs = new MeetingCalls(china).user(TestServer.ORGANIZER);
      assertThat(new MeetingCalls(china).send("POST", MINE, theirs, "{}").statusCode())
          .isEqualTo(400);
      new MeetingCalls(usa).create(new MeetingCalls(usa).user(TestServer.ORGANIZER), "{}");
    }
  }
}
