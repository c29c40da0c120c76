package dev.aftercall.http;

import static dev.aftercall.http.MeetingCalls.MINE;
import static dev.aftercall.http.MeetingCalls.expect;
import static dev.aftercall.http.MeetingCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.testing.TestServer;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may and may not say of a meeting. */
final class OnlineMeetingBodyTest {
  private static TestServer server;
  private static MeetingCalls calls;
  private static String organizer;

  @BeforeAll
  static void start() {
    server = new TestServer();
    calls = new MeetingCalls(server);
    organizer = calls.user(TestServer.ORGANIZER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void membersNobodyKnowsSurvive() {
    String body =
        """
        {"myNumber":1.50,"big":123456789012345678901234567890,"nothing":null,"t":"\\u0000 🎥 \\"",
         "deep":{"a":[{"b":{"c":[1,true,null,"é"]}}]},
         "participants":{"room":"7","organizer":{"badge":1},
           "attendees":[{"upn":"g@x","seat":"A1","identity":{"acsUser":{"id":"8:acs:x"},
             "user":{"id":"not a guid","vip":true}}},
            {"identity":{"user":{"id":"%s","vip":{"level":3},"displayName":"Ä"}},"role":"Producer"}]},
         "lobbyBypassSettings":{"scope":"invited","note":"x"},"chatRestrictions":{"allowTextOnly":true},
         "watermarkProtection":{"isEnabledForVideo":true,"isEnabledForContentSharing":false}}
        """
            .formatted(TestServer.ATTENDEE);
    JsonNode made = calls.create(organizer, body);
    JsonNode read = calls.get(MINE + "/" + made.path("id").asText(), organizer);
    JsonNode sent = MeetingCalls.json(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThat(read).isEqualTo(made);
    for (String name :
        new String[] {
          "myNumber",
          "big",
          "t",
          "deep",
          "lobbyBypassSettings",
          "chatRestrictions",
          "watermarkProtection"
        }) {
      assertThat(read.path(name).toString()).as(name).isEqualTo(sent.path(name).toString());
    }
    assertThat(read.path("nothing").isNull()).isTrue();
    JsonNode people = read.path("participants");
    assertThat(people.path("room").asText()).isEqualTo("7");
    assertThat(people.path("organizer").path("badge").asInt()).isEqualTo(1);
    assertThat(people.path("attendees")).hasSize(2);
    assertThat(people.path("attendees").get(0).path("identity"))
        .isEqualTo(sent.path("participants").path("attendees").get(0).path("identity"));
    JsonNode second = people.path("attendees").get(1);
    assertThat(second.path("role").asText()).isEqualTo("producer");
    assertThat(second.path("identity").path("user").path("vip").path("level").asInt()).isEqualTo(3);
    assertThat(second.path("identity").path("user").path("displayName").asText()).isEqualTo("Ä");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'subject':1}|subject",
        "{'subject':{}}|subject",
        "{'recordAutomatically':'true'}|recordAutomatically",
        "{'allowRecording':1}|allowRecording",
        "{'startDateTime':'today'}|startDateTime",
        "{'startDateTime':'2026-01-01T00:00:00'}|startDateTime",
        "{'startDateTime':'+999999999-01-01T00:00:00Z'}|startDateTime",
        "{'startDateTime':'1900-01-01T00:00:00Z'}|startDateTime",
        "{'startDateTime':17}|startDateTime",
        "{'endDateTime':'2026-12-01T00:00:00Z'}|startDateTime",
        "{'startDateTime':'2026-12-02T00:00:00Z','endDateTime':'2026-12-01T00:00:00Z'}|endDateTime",
        "{'allowedPresenters':'nobody'}|allowedPresenters",
        "{'allowedPresenters':2}|allowedPresenters",
        "{'lobbyBypassSettings':'everyone'}|lobbyBypassSettings",
        "{'lobbyBypassSettings':{'scope':'all'}}|lobbyBypassSettings.scope",
        "{'participants':[]}|participants",
        "{'participants':{'attendees':{}}}|participants.attendees",
        "{'participants':{'attendees':[1]}}|participants.attendees[0]",
        "{'participants':{'attendees':[null]}}|participants.attendees[0]",
        "{'participants':{'attendees':[{},{'role':'boss'}]}}|participants.attendees[1].role",
        "{'participants':{'attendees':[{'identity':{'user':'x'}}]}}|participants.attendees[0].identity.user",
        "{'broadcastSettings':{'captions':{'translationLanguages':[1]}}}|broadcastSettings.captions.translationLanguages[0]",
        "{'Subject':'a','subject':'b'}|subject",
        "{'externalId':' '}|externalId",
        "{'externalId':'\\u0000'}|externalId",
        "{'subject':'\\u0000'}|subject",
        "{'participants':{'organizer':{'identity':{'user':{'id':'00000000-0000-4000-8000-0000000000ff'}}}}}|participants.organizer"
      })
  void aWrongTypeIsNamed(String row) {
    String[] parts = row.split("\\|", -1);
    JsonNode error = refused(400, calls.send("POST", MINE, organizer, parts[0].replace('\'', '"')));

    assertThat(error.path("code").asText()).isEqualTo("BadRequest");
    assertThat(error.path("message").asText()).contains("'" + parts[1] + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "1",
        "\"x\"",
        "{",
        "{\"a\":}",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udfff\":1}",
        "\u00ff"
      })
  void whatIsNoObjectIsRefused(String body) {
    JsonNode error = refused(400, calls.send("POST", MINE, organizer, body));

    assertThat(error.path("message").asText()).startsWith("Unable to read JSON request payload.");
    assertThat(error.path("message").asText()).doesNotContain("com.fasterxml");
  }

  @Test
  void depthSizeAndNumberAreBounded() {
    refused(400, calls.send("POST", MINE, organizer, "{\"a\":".repeat(40) + "1" + "}".repeat(40)));
    refused(400, calls.send("POST", MINE, organizer, "[".repeat(100_000)));
    refused(400, calls.send("POST", MINE, organizer, "{\"a\":" + "9".repeat(2_000) + "}"));
    refused(400, calls.send("POST", MINE, organizer, "{\"a\":[" + "1,".repeat(60_000) + "1]}"));
    refused(413, calls.send("POST", MINE, organizer, "{\"a\":\"" + "x".repeat(1 << 20) + "\"}"));
    expect(
        201,
        calls.send("POST", MINE, organizer, "{\"a\":" + "[".repeat(30) + "]".repeat(30) + "}"));
    String person = "{\"identity\":{\"user\":{\"id\":\"%s\"}}},".formatted(TestServer.ATTENDEE);
    refused(
        400,
        calls.send(
            "POST",
            MINE,
            organizer,
            "{\"participants\":{\"attendees\":[" + person.repeat(1_001) + "{}]}}"));
  }

  @Test
  void aMeetingDoesNotGrowBeyondItsBoundsByBits() {
    String path = MINE + "/" + calls.create(organizer, "{}").path("id").asText();
    String half = "\"" + "x".repeat(600_000) + "\"";

    expect(200, calls.send("PATCH", path, organizer, "{\"a\":" + half + "}"));
    refused(413, calls.send("PATCH", path, organizer, "{\"b\":" + half + "}"));
    expect(200, calls.send("PATCH", path, organizer, "{\"a\":1,\"b\":" + half + "}"));
  }

  @Test
  void anotherMediaTypeIsRefused() {
    HttpRequest.Builder request =
        server
            .request(MINE, organizer)
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));

    refused(415, server.send(request));
  }

  @Test
  void whatTheServerMakesIsNotHeardFromClients() {
    JsonNode made =
        calls.create(
            organizer,
            """
            {"id":"x","joinWebUrl":"https://evil.example","videoTeleconferenceId":"1","chatInfo":
             {"threadId":"19:x"},"creationDateTime":"2000-01-01T00:00:00Z","@odata.type":
             "#microsoft.graph.onlineMeeting","@odata.context":"x","meetingType":"meetnow",
             "joinMeetingIdSettings":{"joinMeetingId":"1","passcode":"x"}}
            """);

    assertThat(made.path("joinWebUrl").asText()).startsWith("https://teams.microsoft.com/");
    assertThat(made.path("id").asText()).isNotEqualTo("x");
    assertThat(made.path("meetingType").asText()).isEqualTo("scheduled");
    assertThat(made.path("joinMeetingIdSettings").path("joinMeetingId").asText()).hasSize(13);
    assertThat(made.has("@odata.type")).isFalse();
  }
}
