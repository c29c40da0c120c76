package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.http.odata.GraphModel;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code $metadata} and the service documents, without a token. */
final class MetadataDocumentTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.0", "beta"})
  void theModel(String version) {
    RawHttp.Answer answer = ask("GET", "/" + version + "/$metadata");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/xml");
    assertThat(answer.header("OData-Version")).contains("4.0");
    assertThat(answer.body()).isEqualTo(GraphModel.document());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1.0/$metadata", "/beta/%24metadata", "/v1.0", "/beta/"})
  void headSaysWhatGetWouldSend(String path) {
    RawHttp.Answer get = ask("GET", path);
    String head =
        RawHttp.exchange(
                server, "HEAD " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            .header("Content-Length")
            .orElseThrow();

    assertThat(head).isEqualTo(Integer.toString(get.body().length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1.0", "/v1.0/", "/beta", "/beta/"})
  void theServiceDocument(String path) throws IOException {
    RawHttp.Answer answer = ask("GET", path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json;odata");
    JsonNode json = new ObjectMapper().readTree(answer.body());
    assertThat(json.path("@odata.context").asText())
        .isEqualTo("http://h" + path.replaceFirst("/$", "") + "/$metadata");
    assertThat(json.path("value"))
        .extracting(item -> item.path("kind").asText() + " " + item.path("url").asText())
        .containsExactlyInAnyOrder(
            "EntitySet subscriptions",
            "EntitySet users",
            "Singleton communications",
            "Singleton me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1.0/$metadata", "/v1.0"})
  void neitherCanBeWritten(String path) {
    RawHttp.Answer answer = ask("PUT", path);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(new String(answer.body(), UTF_8)).contains("Request_BadRequest");
  }

  private static RawHttp.Answer ask(String method, String path) {
    return RawHttp.exchange(
        server, method + " " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
  }
}
