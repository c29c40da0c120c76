package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code $select}, and every other system query option refused by name. */
final class QueryOptionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestServer server;
  private static Recorded recorded;
  private static String organizer;

  @BeforeAll
  static void start() {
    server = new TestServer();
    recorded = server.record();
    organizer = server.user(TestServer.ORGANIZER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$select=id,callId                | (id,callId)       | id callId",
        "%24select=callId%2Cid            | (callId,id)       | id callId",
        "$SELECT=ID,CALLID                | (id,callId)       | id callId",
        "$select=id,%20callId             | (id,callId)       | id callId",
        "$select=id,id,Id                 | (id)              | id",
        "$select=meetingOrganizer         | (meetingOrganizer)| meetingOrganizer",
        "$select=content                  | (content)         | ''",
        "$select=id&foo=bar               | (id)              | id",
        "$select=createdDateTime,endDateTime|(createdDateTime,endDateTime)|createdDateTime endDateTime"
      })
  void selects(String query, String context, String members) throws IOException {
    JsonNode json = json(server.get(recorded.path() + "?" + query.strip(), organizer));

    assertThat(json.path("@odata.context").asText()).endsWith("/recordings" + context + "/$entity");
    List<String> names =
        json.properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> !name.startsWith("@"))
            .toList();
    assertThat(String.join(" ", names)).isEqualTo(members);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?$select=*", "?$select=id,*", "?", "?&&", "?foo=bar", "?select=id"})
  void everythingIsThereWithoutASelection(String query) {
    assertThat(server.get(recorded.path() + query, organizer).body())
        .isEqualTo(server.get(recorded.path(), organizer).body());
  }

  @Test
  void betaTakesTheNameWithoutTheDollar() throws IOException {
    String beta = recorded.path().replace("/v1.0/", "/beta/");

    assertThat(json(server.get(beta + "?select=id", organizer)).has("callId")).isFalse();
  }

  @Test
  void anUnknownPropertyIsNamed() throws IOException {
    refused(
        recorded.path() + "?$select=id,bogus",
        "Parsing OData Select and Expand failed: Could not find a property named 'bogus' on type"
            + " 'microsoft.graph.callRecording'.");
  }

  @Test
  void anUnknownPropertyBesideTheStarIsNamedToo() throws IOException {
    refused(
        recorded.path() + "?$select=*,bogus",
        "Parsing OData Select and Expand failed: Could not find a property named 'bogus' on type"
            + " 'microsoft.graph.callRecording'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$select=", "$select=id,,callId", "$select=id,", "$select"})
  void anEmptyItemIsRefused(String query) throws IOException {
    refused(
        recorded.path() + "?" + query,
        "Parsing OData Select and Expand failed: an item of the list is empty.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expand",
        "filter",
        "top",
        "skip",
        "orderby",
        "count",
        "search",
        "format",
        "skiptoken",
        "deltatoken",
        "apply",
        "compute",
        "bogus"
      })
  void everyOtherSystemOptionIsRefusedByName(String option) throws IOException {
    String message =
        "The query specified in the URI is not valid. Query option '$"
            + option
            + "' is not supported here. Supported query options: $select.";

    refused(recorded.path() + "?$" + option + "=1", message);
    refused(recorded.path() + "?$select=id&%24" + option.toUpperCase(Locale.ROOT) + "=1", message);
    if (!option.equals("bogus")) {
      refused(recorded.path().replace("/v1.0/", "/beta/") + "?" + option + "=1", message);
    }
  }

  @Test
  void contentTakesNone() throws IOException {
    String message =
        "The query specified in the URI is not valid. Query option '$select' is not supported"
            + " here. Supported query options: none.";

    refused(recorded.contentPath() + "?$select=id", message);
    refused(recorded.contentPath().replace("/v1.0/", "/beta/") + "?select=id", message);
    assertThat(server.get(recorded.contentPath() + "?foo=bar", organizer).statusCode())
        .isEqualTo(200);
  }

  @Test
  void twiceIsRefused() throws IOException {
    refused(
        recorded.path() + "?$select=id&$select=callId",
        "Query option '$select' was specified more than once.");
    JsonNode error =
        error(recorded.path().replace("/v1.0/", "/beta/") + "?$select=id&select=callId");
    assertThat(error.path("message").asText()).contains("more than once");
  }

  @Test
  void aBrokenEncodingIsRefused() throws IOException {
    assertThat(
            RawHttp.exchange(
                    server,
                    "GET "
                        + recorded.path()
                        + "?$select=%zz HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + organizer
                        + "\r\n\r\n")
                .text())
        .contains("\"code\":\"BadRequest\"", "percent-encoding");
  }

  private static void refused(String path, String message) throws IOException {
    assertThat(error(path).path("message").asText()).isEqualTo(message);
  }

  private static JsonNode error(String path) throws IOException {
    HttpResponse<byte[]> answer = server.get(path, organizer);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(400);
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("BadRequest");
    return error;
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
