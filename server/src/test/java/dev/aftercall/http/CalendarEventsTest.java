package dev.aftercall.http;

import static dev.aftercall.http.MeetingCalls.MINE;
import static dev.aftercall.http.MeetingCalls.expect;
import static dev.aftercall.http.MeetingCalls.filter;
import static dev.aftercall.http.MeetingCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding and making meetings through the calendar. */
final class CalendarEventsTest {
  private static final String EVENTS = "/v1.0/me/events";

  private static TestServer server;
  private static MeetingCalls calls;
  private static String organizer;
  private static JsonNode first;

  @BeforeAll
  static void start() {
    server = new TestServer();
    calls = new MeetingCalls(server);
    organizer = calls.user(TestServer.ORGANIZER);
    first = event("Alpha", "2027-01-01T10:00:00", "Europe/Berlin");
    event("Beta", "2027-01-02T10:00:00", "UTC");
    event("Gamma", "2027-01-03T10:00:00", "Pacific Standard Time");
    calls.create(organizer, "{\"subject\":\"without event\"}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode event(String subject, String start, String zone) {
    return expect(201, calls.send("POST", EVENTS, organizer, body(subject, start, zone)));
  }

  private static String body(String subject, String start, String zone) {
    return """
        {"subject":"%s","isOnlineMeeting":true,"onlineMeetingProvider":"teamsForBusiness",
         "start":{"dateTime":"%s","timeZone":"%s"},
         "end":{"dateTime":"%s","timeZone":"%s"},
         "attendees":[{"type":"required","emailAddress":{"name":"G","address":"g@x.example"}}]}
        """
        .formatted(subject, start, zone, start.replace("T10", "T11"), zone);
  }

  private static List<String> subjects(String path) {
    return calls
        .get(path, organizer)
        .path("value")
        .valueStream()
        .map(event -> event.path("subject").asText())
        .toList();
  }

  @Test
  void anEventIsAMeetingInACalendar() {
    assertThat(first.path("start").toString())
        .isEqualTo("{\"dateTime\":\"2027-01-01T09:00:00.0000000\",\"timeZone\":\"UTC\"}");
    assertThat(first.path("isOnlineMeeting").asBoolean()).isTrue();
    assertThat(first.path("onlineMeetingProvider").asText()).isEqualTo("teamsForBusiness");
    assertThat(first.path("iCalUId").asText()).startsWith("040000008200E00074C5B7101A82E008");
    assertThat(first.path("attendees").get(0).path("emailAddress").toString())
        .isEqualTo("{\"name\":\"G\",\"address\":\"g@x.example\"}");
    assertThat(first.path("organizer").path("emailAddress").path("address").asText())
        .isEqualTo(TestServer.ORGANIZER + "@example.org");
    String url = first.path("onlineMeeting").path("joinUrl").asText();
    JsonNode meeting =
        calls.get(MINE + filter("JoinWebUrl eq '" + url + "'"), organizer).path("value").get(0);
    assertThat(meeting.path("subject").asText()).isEqualTo("Alpha");
    assertThat(MeetingId.parse(meeting.path("id").asText())).isPresent();
  }

  @Test
  void itsLocationAnswers() {
    HttpResponse<byte[]> made =
        calls.send(
            "POST",
            "/v1.0/me/calendar/events",
            calls.user(TestServer.OUTSIDER),
            body("x", "2027-01-01T10:00:00", "UTC"));
    String location = made.headers().firstValue("Location").orElseThrow();

    assertThat(
            calls.get(location.substring(server.base().length()), calls.user(TestServer.OUTSIDER)))
        .isEqualTo(expect(201, made));
    refused(
        404,
        server.get(
            location
                .substring(server.base().length() - 0)
                .replace(TestServer.OUTSIDER.toString(), TestServer.ORGANIZER.toString()),
            organizer));
    refused(404, server.get(EVENTS + "/bogus", organizer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start/dateTime ge '2027-01-02T00:00:00Z'                                   | Beta Gamma",
        "START/DATETIME ge '2027-01-02T00:00:00' and end/dateTime le '2027-01-03T00:00:00.0000000' | Beta",
        "start/dateTime gt 2027-01-02T10:00:00Z and isOnlineMeeting eq true         | Gamma",
        "start/dateTime eq '2027-01-02T11:00:00+01:00'                              | Beta",
        "end/dateTime lt '2027-01-02T00:00:00Z' and subject eq 'Alpha'              | Alpha",
        "subject eq 'alpha' and start/dateTime ge '2027-01-01T00:00:00Z'            | ''",
        "isOnlineMeeting eq false                                                   | ''",
        "onlineMeetingProvider eq 'teamsForBusiness' and subject eq 'Beta'          | Beta",
        "onlineMeeting/joinUrl eq 'https://teams.microsoft.com/meet/1234567?p=x'    | ''"
      })
  void filters(String filter, String subjects) {
    assertThat(String.join(" ", subjects(EVENTS + filter(filter.strip())))).isEqualTo(subjects);
  }

  @Test
  void filtersByJoinUrl() {
    String url = first.path("onlineMeeting").path("joinUrl").asText();

    assertThat(subjects(EVENTS + filter("onlineMeeting/joinUrl eq '" + url + "'")))
        .containsExactly("Alpha");
    assertThat(
            calls
                .get(
                    EVENTS
                        + filter("onlineMeeting/joinUrl eq '" + url + "'")
                        + "&$select=onlineMeeting",
                    organizer)
                .path("value")
                .toString())
        .isEqualTo("[{\"onlineMeeting\":{\"joinUrl\":\"" + url + "\"}}]");
  }

  @Test
  void aViewShowsWhatOverlaps() {
    String view = "?startDateTime=2027-01-01T09:30:00Z&endDateTime=2027-01-02T10:00:00Z";

    assertThat(subjects("/v1.0/me/calendarView" + view)).containsExactly("Alpha");
    assertThat(subjects("/v1.0/me/calendar/calendarView" + view)).containsExactly("Alpha");
    refused(400, server.get("/v1.0/me/calendarView", organizer));
    refused(
        400, server.get("/v1.0/me/calendarView?startDateTime=x&endDateTime=2027-01-02", organizer));
  }

  @Test
  void pagesOneByOne() {
    List<String> all = new ArrayList<>();
    String path =
        "/beta/users/"
            + TestServer.ORGANIZER
            + "/calendar/events"
            + filter("start/dateTime ge '2027-01-01T00:00:00Z'")
            + "&$top=1&$orderby=start/dateTime&$select=subject";
    while (true) {
      JsonNode page = calls.get(path, organizer);
      page.path("value").forEach(event -> all.add(event.path("subject").asText()));
      if (!page.has("@odata.nextLink")) {
        break;
      }
      String link = page.path("@odata.nextLink").asText();
      assertThat(link).startsWith(server.base() + "/beta/users/");
      path = link.substring(server.base().length());
    }

    assertThat(all).containsExactly("Alpha", "Beta", "Gamma");
  }

  @ParameterizedTest
  @CsvSource({"'', 50", "$top=7, 7", "$top=100, 100", "$top=101, 100", "$top=999, 100"})
  void aPageHoldsSoManyEventsAndNoMore(String query, int most) {
    Request request = RequestsForFuzzing.request("/beta/me/events", query, "");
    PageTokens tokens = new PageTokens("secret", server.clock(), Duration.ofDays(1));

    assertThat(EventOptions.of(request, tokens).top()).isEqualTo(most);
  }

  @Test
  void anothersPlaceInACalendarIsRefused() {
    for (String subject : List.of("Later", "Last")) {
      String body =
          """
          {"subject":"%s","isOnlineMeeting":true,
           "start":{"dateTime":"2029-01-01T10:00:00","timeZone":"UTC"},
           "end":{"dateTime":"2029-01-01T11:00:00","timeZone":"UTC"}}
          """
              .formatted(subject);
      expect(201, calls.send("POST", EVENTS, attendee(), body));
    }
    String link = calls.get(EVENTS + "?$top=1", attendee()).path("@odata.nextLink").asText();
    String token = link.substring(link.indexOf("$skiptoken="));

    refused(400, server.get(EVENTS + "?$top=1&" + token, organizer));
    refused(400, server.get(EVENTS + "?$top=1&" + token.replace("n=", "n=A"), attendee()));
    calls.get(EVENTS + "?$top=1&" + token, attendee());
  }

  private static String attendee() {
    return calls.user(TestServer.ATTENDEE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?$top=0",
        "?$top=1000",
        "?$top=x",
        "?$skiptoken=x",
        "?$skiptoken=MTIz",
        "?$orderby=subject",
        "?$expand=x",
        "?$select=bogus",
        "?$filter=bogus%20eq%20'x'",
        "?$filter=subject%20gt%20'x'",
        "?$filter=start/dateTime%20ne%20'2027-01-01T00:00:00Z'",
        "?$filter=start/dateTime%20ge%20'x'",
        "?$filter=start/dateTime"
      })
  void whatIsNotUnderstoodIsRefused(String query) {
    refused(400, server.get(EVENTS + query, organizer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"isOnlineMeeting\":\"true\"}",
        "{\"isOnlineMeeting\":true}",
        "{\"isOnlineMeeting\":true,\"start\":{\"dateTime\":\"2027-01-01T10:00:00\",\"timeZone\":\"Mars\"}}",
        "{\"isOnlineMeeting\":true,\"onlineMeetingProvider\":\"skypeForBusiness\"}"
      })
  void anEventThatMakesNoMeetingIsRefused(String body) {
    refused(400, calls.send("POST", EVENTS, organizer, body));
  }

  @Test
  void needsItsOwnPermission() {
    String meetings =
        server
            .tokens()
            .user(TestServer.TENANT, TestServer.ORGANIZER)
            .scopes("OnlineMeetings.ReadWrite")
            .signed();
    refused(403, server.get(EVENTS, meetings));
    refused(403, server.get("/v1.0/users/" + TestServer.ATTENDEE + "/events", organizer));
    String path = "/v1.0/users/" + TestServer.ORGANIZER + "/events";
    calls.get(path, calls.app("Calendars.Read"));
    refused(403, server.get(path, calls.app("OnlineMeetings.Read.All")));
    refused(400, server.get(EVENTS, calls.app("Calendars.Read")));
    assertThat(
            calls
                .get(EVENTS, calls.user(TestServer.guid("other tenant"), TestServer.ORGANIZER))
                .path("value"))
        .isEmpty();
  }

  @Test
  void recordersMeetingsStandInTheCalendarWhenTheyWereScheduled() {
    try (TestServer own = new TestServer(TestSetup.requireCalendarEvent())) {
      MeetingCalls theirs = new MeetingCalls(own);
      String token = theirs.user(TestServer.ORGANIZER);
      Recorded scheduled = own.record();
      Recorded met = own.handOver().type("meetnow").keep();
      String made = theirs.create(token, "{}").path("id").asText();
      Recorded withoutEvent = own.handOver().with("meetingId", made).keep();

      assertThat(theirs.get(EVENTS, token).path("value")).hasSize(1);
      assertThat(theirs.get(EVENTS, theirs.user(TestServer.ATTENDEE)).path("value")).hasSize(1);
      theirs.get(scheduled.path(), token);
      for (Recorded recorded : List.of(met, withoutEvent)) {
        for (String path : List.of(recorded.path(), recorded.contentPath())) {
          assertThat(refused(400, own.get(path, token)).path("message").asText())
              .isEqualTo(
                  "No iCalUid found for the meeting. This API is supported only for calendar"
                      + " backed OnlineMeeting.");
        }
      }
    }
  }

  @Test
  void nothingListsRecordingsOfMeetingsWithoutAnEventWhereOneIsRequired() {
    try (TestServer own = new TestServer(TestSetup.requireCalendarEvent())) {
      MeetingCalls theirs = new MeetingCalls(own);
      String token = theirs.user(TestServer.ORGANIZER);
      Recorded scheduled = own.record();
      Recorded met = own.handOver().type("meetnow").keep();
      Recorded called = own.handOver().type("adhoc").keep();
      String ofMine =
          "/v1.0/me/onlineMeetings/getAllRecordings(meetingOrganizerUserId='"
              + TestServer.ORGANIZER
              + "')";

      for (String path : List.of(ofMine, ofMine + "/delta")) {
        JsonNode value = theirs.get(path, token).path("value");
        assertThat(value).as(path).hasSize(1);
        assertThat(value.path(0).path("id").asText()).isEqualTo(scheduled.id());
      }
      refused(400, own.get("/v1.0/me/onlineMeetings/" + met.meetingId() + "/recordings", token));
      String calls =
          own.tokens()
              .user(TestServer.TENANT, TestServer.ORGANIZER)
              .scopes("CallRecordings.Read.All")
              .signed();
      theirs.get(called.callPath(), calls);
    }
  }
}
