package dev.aftercall.http;

import static dev.aftercall.http.BatchCalls.item;
import static dev.aftercall.http.BatchCalls.statuses;
import static dev.aftercall.http.BatchCalls.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code $batch} does with nonsense: of the whole, and of one request in it. */
final class MalformedBatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestServer server;
  private static Recorded recorded;
  private static String organizer;
  private static BatchCalls calls;

  @BeforeAll
  static void start() {
    server = new TestServer();
    recorded = server.record();
    organizer = server.user(TestServer.ORGANIZER);
    calls = new BatchCalls(server, organizer);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> urls() {
    return Stream.of(
        Arguments.of("/beta" + "/me", "of another version"),
        Arguments.of("$batch", "cannot hold another batch"),
        Arguments.of("/v1.0/%24BATCH", "cannot hold another batch"),
        Arguments.of("https://graph.example.com/v1.0/me", "another server"),
        Arguments.of("//graph.example.com/me", "another server"),
        Arguments.of("/me#x", "fragment"),
        Arguments.of("/me/%zz", "percent-encoded"),
        Arguments.of("/me//x", "empty segment"),
        Arguments.of("/me?$select=%zz", "percent-encoding"),
        Arguments.of("/../health/ready", "Resource not found for the segment '..'"),
        Arguments.of("/no such thing \u00e9", "segment 'no such thing \u00e9'"));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void urlsThatAreNoneFailAlone(String url, String why) throws IOException {
    JsonNode answers = calls.batch(item("1", "GET", url), item("2", "GET", recorded.path()));

    assertThat(statuses(answers)).containsExactly(400, 200);
    assertThat(answers.path(0).path("body").path("error").path("message").asText()).contains(why);
  }

  static Stream<Arguments> malformed() {
    String twentyOne =
        String.join(
            ",",
            IntStream.range(0, 21)
                .mapToObj(i -> "{'id':" + i + ",'method':'GET','url':'/me'}")
                .toList());
    String ok = "{'id':'1','method':'GET','url':'/me'}";
    return Stream.of(
        Arguments.of("not json", "not JSON"),
        Arguments.of("", "JSON object"),
        Arguments.of("[]", "JSON object"),
        Arguments.of("{}", "requests must be"),
        Arguments.of("{'requests':[]}", "one to 20"),
        Arguments.of("{'requests':{}}", "requests must be an array"),
        Arguments.of("{'requests':[" + ok + "]} x", "not JSON"),
        Arguments.of("{'requests':[" + ok + "]}{}", "follows"),
        Arguments.of("{'requests':[" + ok, "not JSON"),
        Arguments.of("{'requests':[" + ok + "],'requests':[" + ok + "]}", "Duplicate"),
        Arguments.of("{'requests':[" + twentyOne + "]}", "more than 20"),
        Arguments.of(
            "{'requests':[{'id':'1','method':'GET','url':'/me','headers':{'a':'"
                + "x".repeat(17_000)
                + "'}}]}",
            "more than 16384 characters"),
        Arguments.of("{'requests':[7]}", "requests[0] must be an object"),
        Arguments.of("{'requests':[{'method':'GET','url':'/me'}]}", "requests[0] has no id"),
        Arguments.of("{'requests':[{'id':'1','url':'/me'}]}", "requests[0] has no method"),
        Arguments.of("{'requests':[{'id':'1','method':'GET'}]}", "requests[0] has no url"),
        Arguments.of("{'requests':[{'id':true}]}", "requests[0].id must be a string or a number"),
        Arguments.of("{'requests':[{'id':''}]}", "requests[0].id must have"),
        Arguments.of("{'requests':[{'id':'1','url':7}]}", "requests[0].url must be a string"),
        Arguments.of("{'requests':[{'id':'1','headers':[]}]}", "headers must be an object"),
        Arguments.of("{'requests':[{'id':'1','headers':{'A':7}}]}", "headers.A must be a string"),
        Arguments.of("{'requests':[{'id':'1','headers':{'A':'x\\r\\ny'}}]}", "control"),
        Arguments.of("{'requests':[{'id':'1','headers':{'A b':'x'}}]}", "no name of a header"),
        Arguments.of("{'requests':[{'id':'1','headers':{'A':'x','a':'y'}}]}", "twice"),
        Arguments.of("{'requests':[{'id':'1','atomicityGroup':'g'}]}", "not supported"),
        Arguments.of(
            "{'requests':[" + ok + "," + ok.replace("'1'", "1") + "]}",
            "requests[1].id '1' is not unique"),
        Arguments.of(
            "{'requests':[" + ok.replace("'1'", "'aB'") + "," + ok.replace("'1'", "'Ab'") + "]}",
            "not unique"),
        Arguments.of(
            "{'requests':[" + ok.replace("}", ",'dependsOn':['9']}") + "]}",
            "requests[0].dependsOn names '9'"),
        Arguments.of("{'requests':[" + ok.replace("}", ",'dependsOn':'1'}") + "]}", "array of ids"),
        Arguments.of("{'requests':[" + ok.replace("}", ",'dependsOn':['1']}") + "]}", "circle"),
        Arguments.of(
            "{'requests':[{'id':'1','method':'GET','url':'/me','dependsOn':['2']},"
                + "{'id':'2','method':'GET','url':'/me','dependsOn':['1']}]}",
            "circle"),
        Arguments.of(
            "{'requests':[{'id':'1','body':" + "[".repeat(5_000) + "]".repeat(5_000) + "}]}",
            "depth"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedBatchFailsWholeAndSaysWhere(String body, String why) throws IOException {
    HttpResponse<byte[]> answer = calls.post(body.replace('\'', '"'));

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(400);
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("BadRequest");
    assertThat(error.path("message").asText()).startsWith("Invalid batch payload").contains(why);
  }

  @Test
  void aBatchOfMoreThanFourMegabytesIsRefused() {
    String body =
        "{\"requests\":[{\"id\":\"1\",\"body\":\"" + "x".repeat(Batch.LARGEST_BODY) + "\"}]}";
    assertThat(calls.post(body).statusCode()).isEqualTo(413);

    HttpResponse<byte[]> chunked =
        server.send(
            server
                .request("/v1.0/$batch", organizer)
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(UTF_8)))));
    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(server.get("/v1.0/$batch", organizer).statusCode()).isEqualTo(405);
  }

  @Test
  void randomCrumbsNeverBreakIt() {
    List<String> crumbs =
        List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "'requests'",
            "'id'",
            "'url'",
            "'/me'",
            "'method'",
            "'GET'",
            "'headers'",
            "'body'",
            "'dependsOn'",
            "1",
            "-0.5e9",
            "null",
            "true",
            "'\\u0000'",
            "\"",
            "\u00ff",
            "{'requests':[{'id':1,'method':'GET','url':'/me',");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 400; i++) {
      StringBuilder body = new StringBuilder();
      random
          .ints(random.nextInt(1, 30), 0, crumbs.size())
          .forEach(at -> body.append(crumbs.get(at)));
      HttpResponse<byte[]> answer = calls.post(body.toString().replace('\'', '"'));
      assertThat(answer.statusCode()).as(body.toString()).isIn(200, 400);
    }
  }
}
