package dev.aftercall.http;

import static dev.aftercall.http.MeetingCalls.MINE;
import static dev.aftercall.http.MeetingCalls.expect;
import static dev.aftercall.http.MeetingCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.meeting.JoinUrl;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.testing.TestClock;
import dev.aftercall.testing.TestServer;
import dev.aftercall.time.Ticks;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Making, reading, changing and deleting meetings. */
final class OnlineMeetingsTest {
  private static final UUID OTHER_TENANT = TestServer.guid("other tenant");

  private static TestServer server;
  private static MeetingCalls calls;
  private static String organizer;
  private static String attendee;

  @BeforeAll
  static void start() {
    server = new TestServer();
    calls = new MeetingCalls(server);
    organizer = calls.user(TestServer.ORGANIZER);
    attendee = calls.user(TestServer.ATTENDEE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String inviting(UUID person) {
    return """
        {"subject":"Überblick 🎥","startDateTime":"2026-12-01T10:00:00+01:00",
         "endDateTime":"2026-12-01T11:00:00.25+01:00",
         "participants":{"attendees":[{"upn":"a@x","role":"coorganizer",
           "identity":{"user":{"id":"%s"}}}]}}
        """
        .formatted(person);
  }

  @Test
  void isMadeWithEverythingThatTeamsMakes() {
    JsonNode made = calls.create(organizer, inviting(TestServer.ATTENDEE));
    MeetingId id = MeetingId.parse(made.path("id").asText()).orElseThrow();

    assertThat(made.path("@odata.context").asText())
        .isEqualTo(
            server.base()
                + "/v1.0/$metadata#users('"
                + TestServer.ORGANIZER
                + "')/onlineMeetings/$entity");
    assertThat(id.organizer()).isEqualTo(TestServer.ORGANIZER);
    assertThat(id.threadId()).startsWith("19:meeting_").endsWith("@thread.v2");
    assertThat(made.path("subject").asText()).isEqualTo("Überblick 🎥");
    assertThat(made.path("startDateTime").asText()).isEqualTo("2026-12-01T09:00:00.0000000Z");
    assertThat(made.path("endDateTime").asText()).isEqualTo("2026-12-01T10:00:00.2500000Z");
    assertThat(made.path("expiryDateTime").asText()).isEqualTo("2027-01-30T10:00:00.2500000Z");
    assertThat(made.path("creationDateTime").asText())
        .isEqualTo(Ticks.format(Ticks.of(server.clock().instant())));
    assertThat(made.path("meetingType").asText()).isEqualTo("scheduled");
    assertThat(made.path("chatInfo").toString())
        .isEqualTo(
            "{\"threadId\":\"%s\",\"messageId\":\"0\",\"replyChainMessageId\":null}"
                .formatted(id.threadId()));
    assertThat(made.path("joinWebUrl").asText()).isEqualTo(JoinUrl.of(TestServer.TENANT, id));
    assertThat(made.path("joinMeetingIdSettings").path("joinMeetingId").asText())
        .matches("[1-9]\\d{12}");
    assertThat(made.path("joinMeetingIdSettings").path("isPasscodeRequired").asBoolean()).isFalse();
    assertThat(made.path("joinMeetingIdSettings").path("passcode").isNull()).isTrue();
    assertThat(made.path("videoTeleconferenceId").asText()).matches("[1-9]\\d{9}");
    assertThat(made.path("joinInformation").path("contentType").asText()).isEqualTo("html");
    assertThat(made.path("joinInformation").path("content").asText()).startsWith("data:text/html,");
    assertThat(made.path("participants").path("organizer").toString())
        .isEqualTo(
            "{\"upn\":\"%s@example.org\",\"role\":\"presenter\",\"identity\":{\"user\":{\"id\":\"%s\",\"displayName\":null,\"tenantId\":\"%s\",\"identityProvider\":\"AAD\"}}}"
                .formatted(TestServer.ORGANIZER, TestServer.ORGANIZER, TestServer.TENANT));
    assertThat(made.path("participants").path("attendees").get(0).path("role").asText())
        .isEqualTo("coorganizer");
    assertThat(made.path("allowedPresenters").asText()).isEqualTo("everyone");
  }

  @Test
  void itsLocationAnswers() {
    HttpResponse<byte[]> made = calls.send("POST", MINE, organizer, "{}");
    JsonNode json = expect(201, made);
    String location = made.headers().firstValue("Location").orElseThrow();

    assertThat(location).startsWith(server.base() + "/v1.0/users/" + TestServer.ORGANIZER);
    assertThat(calls.get(location.substring(server.base().length()), organizer)).isEqualTo(json);
    assertThat(json.path("subject").isNull()).isTrue();
    assertThat(json.path("startDateTime").asText())
        .isEqualTo(Ticks.format(Ticks.of(server.clock().instant())));
    assertThat(json.path("endDateTime").asText())
        .isEqualTo(Ticks.format(Ticks.of(server.clock().instant().plus(Duration.ofHours(1)))));
    assertThat(json.path("participants").path("attendees").toString()).isEqualTo("[]");
  }

  @Test
  void aPasscodeIsMadeWhereOneIsAskedFor() {
    JsonNode made =
        calls.create(organizer, "{\"joinMeetingIdSettings\":{\"isPasscodeRequired\":true}}");

    assertThat(made.path("joinMeetingIdSettings").path("isPasscodeRequired").asBoolean()).isTrue();
    assertThat(made.path("joinMeetingIdSettings").path("passcode").asText())
        .matches("[A-Za-z0-9]{8}");
  }

  @Test
  void joinInformationSpeaksTheClientsLanguage() {
    String id = calls.create(organizer, "{}").path("id").asText();
    String path = MINE + "/" + id;

    assertThat(join(path, "de-CH, en;q=0.5")).contains("Besprechungs-ID");
    assertThat(join(path, "xx, fr;q=0.1")).contains("Rejoindre");
    assertThat(join(path, "xx")).contains("Meeting+ID");
    assertThat(join(path, ";;;q=,")).contains("Meeting+ID");
  }

  private static String join(String path, String language) {
    JsonNode json = expect(200, server.get(path, organizer, "Accept-Language", language));
    return json.path("joinInformation").path("content").asText();
  }

  @Test
  void isReadByAllWhoAreInvitedAndNobodyElse() {
    JsonNode made = calls.create(organizer, inviting(TestServer.ATTENDEE));
    String tail = "/onlineMeetings/" + made.path("id").asText();
    String outsider = calls.user(TestServer.OUTSIDER);

    assertThat(calls.get("/v1.0/me" + tail, attendee).path("id")).isEqualTo(made.path("id"));
    assertThat(
            calls
                .get(
                    "/beta/users('"
                        + TestServer.ATTENDEE
                        + "')/ONLINEMEETINGS('"
                        + made.path("id").asText().replace("=", "%3D")
                        + "')",
                    attendee)
                .path("@odata.context")
                .asText())
        .contains("/beta/$metadata#users('" + TestServer.ATTENDEE + "')");
    assertThat(refused(403, server.get("/v1.0/me" + tail, outsider)).path("message").asText())
        .isEqualTo("3003: User does not have access to lookup meeting");
    assertThat(
            refused(403, server.get("/v1.0/users/" + TestServer.ORGANIZER + tail, attendee))
                .path("message")
                .asText())
        .startsWith("3003: ");
    refused(404, server.get("/v1.0/me" + tail, calls.user(OTHER_TENANT, TestServer.ORGANIZER)));
    refused(401, server.get("/v1.0/me" + tail, ""));
  }

  @Test
  void applicationsNeedRoleAndPolicy() {
    String path = "/v1.0/users/" + TestServer.ORGANIZER + "/onlineMeetings";
    String app = calls.app("OnlineMeetings.ReadWrite.All");

    assertThat(refused(403, calls.send("POST", path, app, "{}")).path("message").asText())
        .isEqualTo(
            "No application access policy found for this app %s on the user %s."
                .formatted(TestServer.APP, TestServer.ORGANIZER));
    try (TestServer covered = new TestServer()) {
      covered.coverEverybody(TestServer.APP);
      MeetingCalls theirs = new MeetingCalls(covered);
      String writer = theirs.app("OnlineMeetings.ReadWrite.All");
      String reader = theirs.app("OnlineMeetings.Read.All");
      JsonNode made = expect(201, theirs.send("POST", path, writer, "{}"));
      assertThat(made.path("participants").path("organizer").path("upn").isNull()).isTrue();
      String one = path + "/" + made.path("id").asText();
      assertThat(theirs.get(one, reader)).isEqualTo(made);
      assertThat(refused(403, theirs.send("PATCH", one, reader, "{}")).path("message").asText())
          .startsWith("Missing role permissions on the request.");
      refused(400, theirs.send("POST", MINE, writer, "{}"));
      assertThat(
              refused(
                      404,
                      theirs.send("POST", "/v1.0/users/o@example.org/onlineMeetings", writer, "{}"))
                  .path("code")
                  .asText())
          .isEqualTo("UnknownError");
      expect(200, theirs.send("PATCH", one, writer, "{\"subject\":\"x\"}"));
      assertThat(theirs.send("DELETE", one, writer, "").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void onlyItsOrganizerChangesIt() {
    JsonNode made = calls.create(organizer, inviting(TestServer.ATTENDEE));
    String path = MINE + "/" + made.path("id").asText();

    refused(403, calls.send("PATCH", path, attendee, "{\"subject\":\"x\"}"));
    refused(403, calls.send("DELETE", path, attendee, ""));
    assertThat(calls.get(path, organizer)).isEqualTo(made);
  }

  @Test
  void whatIsSentChangesAndTheRestStays() {
    JsonNode made = calls.create(organizer, inviting(TestServer.ATTENDEE));
    String path = MINE + "/" + made.path("id").asText();

    JsonNode changed =
        expect(
            200,
            calls.send(
                "PATCH",
                path,
                organizer,
                """
                {"subject":"New","allowMeetingChat":"LIMITED",
                 "lobbyBypassSettings":{"scope":"everyone"},"startDateTime":"2027-01-01T00:00:00Z",
                 "endDateTime":"2027-01-02T00:00:00Z"}
                """));

    assertThat(changed.path("subject").asText()).isEqualTo("New");
    assertThat(changed.path("allowMeetingChat").asText()).isEqualTo("limited");
    assertThat(changed.path("expiryDateTime").asText()).isEqualTo("2027-03-03T00:00:00.0000000Z");
    assertThat(changed.path("participants")).isEqualTo(made.path("participants"));
    assertThat(changed.path("id")).isEqualTo(made.path("id"));
    assertThat(calls.get(path, organizer)).isEqualTo(changed);
    assertThat(
            expect(
                    200,
                    calls.send(
                        "PATCH",
                        path,
                        organizer,
                        "{\"lobbyBypassSettings\":{\"isDialInBypassEnabled\":true}}"))
                .path("lobbyBypassSettings")
                .toString())
        .isEqualTo("{\"scope\":\"everyone\",\"isDialInBypassEnabled\":true}");
  }

  @Test
  void attendeesAreSentWhole() {
    JsonNode made = calls.create(organizer, inviting(TestServer.ATTENDEE));
    String path = MINE + "/" + made.path("id").asText();
    String outsider = calls.user(TestServer.OUTSIDER);

    expect(
        200,
        calls.send(
            "PATCH",
            path,
            organizer,
            "{\"participants\":{\"attendees\":[{\"identity\":{\"user\":{\"id\":\"%s\"}}}]}}"
                .formatted(TestServer.OUTSIDER)));

    assertThat(server.get(path, attendee).statusCode()).isEqualTo(403);
    assertThat(calls.get(path, outsider).path("participants").path("attendees")).hasSize(1);
    expect(200, calls.send("PATCH", path, organizer, "{\"participants\":{\"attendees\":null}}"));
    assertThat(server.get(path, outsider).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'x'}|id",
        "{'joinWebUrl':'https://x'}|joinWebUrl",
        "{'creationDateTime':'2026-01-01T00:00:00Z'}|creationDateTime",
        "{'expiryDateTime':'2036-01-01T00:00:00Z'}|expiryDateTime",
        "{'joinMeetingIdSettings':{'isPasscodeRequired':true}}|joinMeetingIdSettings",
        "{'videoTeleconferenceId':'1'}|videoTeleconferenceId",
        "{'chatInfo':{'threadId':'19:x'}}|chatInfo",
        "{'externalId':'x'}|externalId",
        "{'MEETINGTYPE':'recurring'}|meetingType",
        "{'participants':{'organizer':{'identity':{'user':{'id':'x'}}}}}|participants.organizer",
        "{'startDateTime':'2026-01-01T00:00:00Z'}|endDateTime",
        "{'endDateTime':'2026-01-01T00:00:00Z'}|startDateTime",
        "{'startDateTime':null,'endDateTime':null}|startDateTime",
        "{'startDateTime':'2026-01-02T00:00:00Z','endDateTime':'2026-01-01T00:00:00Z'}|endDateTime"
      })
  void whatCannotBeChangedIsNamed(String row) {
    String[] parts = row.split("\\|", -1);
    JsonNode made = calls.create(organizer, "{}");
    String path = MINE + "/" + made.path("id").asText();

    JsonNode error =
        refused(400, calls.send("PATCH", path, organizer, parts[0].replace('\'', '"')));

    assertThat(error.path("code").asText()).isEqualTo("BadRequest");
    assertThat(error.path("message").asText()).contains("'" + parts[1] + "'");
    assertThat(calls.get(path, organizer)).isEqualTo(made);
  }

  @Test
  void whatWasReadCanBeSentBack() {
    JsonNode made = calls.create(organizer, inviting(TestServer.ATTENDEE));
    String path = MINE + "/" + made.path("id").asText();

    assertThat(expect(200, calls.send("PATCH", path, organizer, made.toString()))).isEqualTo(made);
  }

  @Test
  void itExpiresSixtyDaysAfterItWasLastChanged() {
    try (TestServer own = new TestServer()) {
      MeetingCalls theirs = new MeetingCalls(own);
      JsonNode made = theirs.create(theirs.user(TestServer.ORGANIZER), "{}");
      String path = MINE + "/" + made.path("id").asText();

      own.clock().set(TestClock.START.plus(Duration.ofDays(50)));
      JsonNode changed =
          expect(
              200,
              theirs.send("PATCH", path, theirs.user(TestServer.ORGANIZER), "{\"subject\":\"x\"}"));
      assertThat(changed.path("expiryDateTime").asText())
          .isEqualTo(Ticks.format(Ticks.of(TestClock.START.plus(Duration.ofDays(110)))));

      own.clock().set(TestClock.START.plus(Duration.ofDays(110)));
      String token = theirs.user(TestServer.ORGANIZER);
      assertThat(refused(404, own.get(path, token)).path("code").asText()).isEqualTo("NotFound");
      refused(404, theirs.send("PATCH", path, token, "{}"));
    }
  }

  @Test
  void betaHasMembersOfItsOwn() {
    JsonNode made = calls.create(organizer, "{\"anonymizeIdentityForRoles\":[\"attendee\"]}");
    String tail = "/me/onlineMeetings/" + made.path("id").asText();

    JsonNode beta = calls.get("/beta" + tail, organizer);
    assertThat(beta.path("joinUrl")).isEqualTo(beta.path("joinWebUrl"));
    assertThat(beta.path("anonymizeIdentityForRoles").path(0).asText()).isEqualTo("attendee");
    assertThat(beta.path("capabilities").isArray()).isTrue();
    assertThat(calls.get("/v1.0" + tail, organizer).has("joinUrl")).isFalse();
    assertThat(
            calls
                .get("/beta" + tail + "?$select=capabilities,recording", organizer)
                .path("capabilities"))
        .isEmpty();
    refused(400, server.get("/v1.0" + tail + "?$select=capabilities", organizer));
    refused(
        400, calls.send("PATCH", "/beta" + tail, organizer, "{\"capabilities\":[\"nonsense\"]}"));
    refused(400, calls.send("PATCH", "/beta" + tail, organizer, "{\"joinUrl\":\"https://x\"}"));
  }

  @Test
  void changesAtOnceAreNeitherLostNorErrorsOfOurs() throws Exception {
    String path = MINE + "/" + calls.create(organizer, "{}").path("id").asText();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<HttpResponse<byte[]>>> changes =
          IntStream.range(0, 24)
              .<Callable<HttpResponse<byte[]>>>mapToObj(
                  i -> () -> calls.send("PATCH", path, organizer, "{\"member%d\":1}".formatted(i)))
              .toList();
      List<HttpResponse<byte[]>> answers =
          threads.invokeAll(changes).stream().map(Future::resultNow).toList();
      JsonNode json = calls.get(path, organizer);

      assertThat(answers).allMatch(it -> it.statusCode() == 200 || it.statusCode() == 409);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(json.has("member" + i)).isEqualTo(answers.get(i).statusCode() == 200);
      }
    }
  }

  @Test
  void selectsProperties() {
    String path = MINE + "/" + calls.create(organizer, "{}").path("id").asText();
    JsonNode json = calls.get(path + "?$select=Subject,joinWebUrl", organizer);

    assertThat(json.path("@odata.context").asText())
        .endsWith("/onlineMeetings(subject,joinWebUrl)/$entity");
    assertThat(StreamSupport.stream(((Iterable<String>) json::fieldNames).spliterator(), false))
        .containsExactly("@odata.context", "subject", "joinWebUrl");
    refused(400, server.get(path + "?$select=bogus", organizer));
    refused(400, server.get(path + "?$expand=recordings", organizer));
  }
}
