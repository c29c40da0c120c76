package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

@Conformance("HTTP: metadata")
final class MetadataOnTheWireTest {
  private static final String SEVEN_DIGITS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z";

  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  MetadataOnTheWireTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void membersInTheOrderOfACapturedAnswer() {
    JsonNode json = server.wire().get(held.byOrganizer()).as("app").reply().json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "@odata.context",
            "id",
            "meetingId",
            "callId",
            "contentCorrelationId",
            "createdDateTime",
            "endDateTime",
            "recordingContentUrl",
            "meetingOrganizer");
    JsonNode organizer = json.path("meetingOrganizer");
    assertThat(organizer.fieldNames())
        .toIterable()
        .containsExactly("application", "device", "user");
    assertThat(organizer.path("application").isNull()).isTrue();
    assertThat(organizer.path("device").isNull()).isTrue();
    assertThat(organizer.path("user").fieldNames())
        .toIterable()
        .containsExactly("@odata.type", "id", "displayName", "userIdentityType", "tenantId");
    assertThat(organizer.path("user").path("displayName").isNull()).isTrue();
  }

  @Verified(year = 2026)
  void dateTimesWithSevenFractionalDigits() {
    for (ReadyFile.Held each : server.ready().recordings()) {
      JsonNode json = server.wire().get(each.byOrganizer()).as("app").reply().json();
      assertThat(json.path("createdDateTime").asText()).matches(SEVEN_DIGITS);
      assertThat(json.path("endDateTime").asText()).matches(SEVEN_DIGITS);
    }
  }

  @Verified(year = 2026)
  void theContextNamesTheUserAlsoForMe() {
    String context =
        "/v1.0/$metadata#users('%s')/onlineMeetings('%s')/recordings/$entity"
            .formatted(held.organizer(), held.meetingId());
    for (String path : new String[] {held.byMe(), held.byOrganizer()}) {
      assertThat(
              server
                  .wire()
                  .get(path)
                  .as("organizer")
                  .reply()
                  .json()
                  .path("@odata.context")
                  .asText())
          .isEqualTo(server.ready().https() + context);
    }
    assertThat(
            server
                .wire()
                .get(held.byMe())
                .as("attendee")
                .reply()
                .json()
                .path("@odata.context")
                .asText())
        .contains("#users('" + server.ready().user("attendee") + "')");
  }

  @Verified(year = 2026)
  void selectNamesItsPropertiesInTheContext() {
    JsonNode json =
        server.wire().get(held.byMe() + "?$select=id,callId").as("organizer").reply().json();
    assertThat(json.fieldNames()).toIterable().containsExactly("@odata.context", "id", "callId");
    assertThat(json.path("@odata.context").asText()).endsWith("/recordings(id,callId)/$entity");
  }

  @Verified(year = 2026)
  void selectInAnyCaseAndEncoding() {
    for (String query :
        new String[] {
          "?$select=ID,CallId",
          "?%24select=id%2CcallId",
          "?$select=id,%20callId",
          "?$SELECT=id,callid"
        }) {
      JsonNode json = server.wire().get(held.byMe() + query).as("organizer").reply().json();
      assertThat(json.fieldNames())
          .as(query)
          .toIterable()
          .containsExactly("@odata.context", "id", "callId");
    }
  }

  @Verified(year = 2026)
  void aSelectedStreamStaysAway() {
    JsonNode json =
        server.wire().get(held.byMe() + "?$select=id,content").as("organizer").reply().json();
    assertThat(json.fieldNames()).toIterable().containsExactly("@odata.context", "id");
  }

  @Verified(year = 2026)
  void everyOtherOptionIsRefusedByName() {
    for (String option :
        new String[] {
          "expand", "filter", "top", "skip", "orderby", "count", "search", "format", "foo"
        }) {
      Wire.Reply reply =
          server.wire().get(held.byMe() + "?$" + option + "=1").as("organizer").reply();
      assertThat(GraphErrors.refused(400, "BadRequest", reply).path("message").asText())
          .contains("$" + option);
    }
    Wire.Reply content =
        server.wire().get(held.byMe() + "/content?$select=id").as("organizer").reply();
    assertThat(GraphErrors.refused(400, "BadRequest", content).path("message").asText())
        .contains("$select");
  }

  @Verified(year = 2026)
  void linksFollowTheAddressThatWasCalled() {
    URI https = URI.create(server.ready().https());
    Assumptions.assumeTrue("localhost".equals(https.getHost()), "the server is not on loopback");
    for (String base :
        new String[] {server.ready().http(), "https://127.0.0.1:" + https.getPort()}) {
      JsonNode json =
          server.wire().call("GET", base + "/v1.0/" + held.byMe()).as("organizer").reply().json();
      String url = json.path("recordingContentUrl").asText();
      assertThat(url).startsWith(base + "/v1.0/users/");
      assertThat(json.path("@odata.context").asText()).startsWith(base + "/v1.0/$metadata#");
      assertThat(server.wire().call("GET", url).as("organizer").reply().body())
          .hasSize((int) held.size());
    }
  }

  @Verified(year = 2026)
  void headersOfAnAnswer() {
    String mine = UUID.randomUUID().toString();
    Wire.Reply reply =
        server.wire().get(held.byMe()).as("organizer").header("client-request-id", mine).reply();
    assertThat(reply.header("Content-Type"))
        .isEqualTo(
            "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8");
    assertThat(reply.header("OData-Version")).isEqualTo("4.0");
    assertThat(UUID.fromString(reply.header("request-id"))).isNotNull();
    assertThat(reply.header("client-request-id")).isEqualTo(mine);
    assertThat(reply.header("x-ms-ags-diagnostic")).startsWith("{\"ServerInfo\":");
    assertThat(reply.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(reply.header("Cache-Control")).containsAnyOf("no-cache", "private");
    ZonedDateTime date =
        ZonedDateTime.parse(reply.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME);
    assertThat(Duration.between(date, ZonedDateTime.now(date.getZone())).abs())
        .isLessThan(Duration.ofMinutes(5));
  }

  @Differs(
      "Not for localhost: a browser would then refuse plain http to every server of the machine")
  void httpsIsMadeStrict() {
    URI https = URI.create(server.ready().https());
    boolean local = "localhost".equals(https.getHost());
    assertThat(
            server
                .wire()
                .get(held.byMe())
                .as("organizer")
                .reply()
                .header("Strict-Transport-Security"))
        .isEqualTo(local ? "" : "max-age=31536000");
    if (local) {
      String other = "https://127.0.0.1:" + https.getPort() + "/v1.0/" + held.byMe();
      assertThat(
              server
                  .wire()
                  .call("GET", other)
                  .as("organizer")
                  .reply()
                  .header("Strict-Transport-Security"))
          .isEqualTo("max-age=31536000");
    }
  }

  @Verified(year = 2026)
  void withoutAClientRequestIdTheRequestIdStandsForIt() {
    Wire.Reply reply = server.wire().get(held.byMe()).as("organizer").reply();
    assertThat(reply.header("client-request-id")).isEqualTo(reply.header("request-id"));
  }

  @Differs("Graph documents nothing of HEAD; we answer it as GET without the body")
  void head() {
    Wire.Reply head = server.wire().send("HEAD", held.byMe()).as("organizer").reply();
    Wire.Reply get = server.wire().get(held.byMe()).as("organizer").reply();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(get.body().length));
    assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
    assertThat(head.header("OData-Version")).isEqualTo("4.0");
  }
}
