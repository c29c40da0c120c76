package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Sends batches to a server with one token; texts are written with single quotes. */
record BatchCalls(TestServer server, String token) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static String item(String id, String method, String url, String... more) {
    String headers = more.length == 0 ? "" : ",'headers':{" + more[0] + "}";
    String rest = more.length < 2 ? "" : "," + more[1];
    return ("{'id':" + id + ",'method':'" + method + "','url':'" + url + "'" + headers + rest + "}")
        .replace('\'', '"');
  }

  static String post(String id, String headers, String body) {
    return item(id, "POST", "/echo", headers, "'body':" + body);
  }

  JsonNode batch(String... items) throws IOException {
    HttpResponse<byte[]> answer = post("{\"requests\":[" + String.join(",", items) + "]}");
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    return JSON.readTree(answer.body()).path("responses");
  }

  HttpResponse<byte[]> post(String body) {
    return server.send(
        server
            .request("/v1.0/$batch", token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  static List<Integer> statuses(JsonNode answers) {
    return each(answers, "status").stream().map(Integer::valueOf).toList();
  }

  static List<String> each(JsonNode answers, String name) {
    List<String> values = new ArrayList<>();
    answers.forEach(answer -> values.add(answer.path(name).asText()));
    return values;
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }
}
