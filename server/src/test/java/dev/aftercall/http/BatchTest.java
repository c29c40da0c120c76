package dev.aftercall.http;

import static dev.aftercall.http.BatchCalls.each;
import static dev.aftercall.http.BatchCalls.item;
import static dev.aftercall.http.BatchCalls.post;
import static dev.aftercall.http.BatchCalls.statuses;
import static dev.aftercall.http.BatchCalls.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code POST /$batch}: what it carries, and in which order. */
final class BatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ORDER = new ArrayList<>();
  private static final CyclicBarrier MEETING = new CyclicBarrier(5);

  private static TestServer server;
  private static Recorded recorded;
  private static String organizer;
  private static BatchCalls calls;

  @BeforeAll
  static void start() {
    server =
        new TestServer(
            TestSetup.route(
                new Route(
                    Set.of("POST", "PUT"),
                    PathTemplate.parse("/{version:v1.0|beta}/echo"),
                    Route.Admission.TOKEN,
                    request ->
                        Answer.of(
                            201,
                            request.header("Content-Type").orElse("none"),
                            request.body().readAllBytes()))),
            TestSetup.route(get("note/{name}/{status}", BatchTest::note)),
            TestSetup.route(
                get(
                    "meet",
                    request -> {
                      MEETING.await(20, TimeUnit.SECONDS);
                      return Answer.json(200, "{}".getBytes(UTF_8));
                    })));
    recorded = server.record();
    organizer = server.user(TestServer.ORGANIZER);
    calls = new BatchCalls(server, organizer);
  }

  private static Route get(String path, Route.Handler handler) {
    return Route.of("GET", "/{version:v1.0|beta}/" + path, Route.Admission.TOKEN, handler);
  }

  private static Answer note(Request request) {
    synchronized (ORDER) {
      ORDER.add(request.parameter("name"));
    }
    return Answer.json(Integer.parseInt(request.parameter("status")), "{}".getBytes(UTF_8));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answersEachAsItWouldBeAnsweredByItself() throws IOException {
    String alone = text(server.get(recorded.path(), organizer));

    JsonNode answers =
        calls.batch(
            item("1", "GET", recorded.path()),
            item("\"b\"", "get", recorded.mePath().substring("/v1.0/".length())),
            item(
                "\"3\\u00e9\"", "GET", recorded.path().substring("/v1.0".length()) + "?$select=id"),
            item("4.0", "GET", server.base() + recorded.path()),
            item("5", "GET", recorded.path() + "x"),
            item("6", "DELETE", recorded.path()));

    assertThat(each(answers, "id")).containsExactly("1", "b", "3é", "4.0", "5", "6");
    assertThat(answers.path(0).path("id").isNumber()).isTrue();
    assertThat(answers.path(1).path("id").isTextual()).isTrue();
    assertThat(statuses(answers)).containsExactly(200, 200, 200, 200, 404, 405);
    assertThat(answers.path(0).path("body")).isEqualTo(JSON.readTree(alone));
    assertThat(answers.path(1).path("body")).isEqualTo(JSON.readTree(alone));
    assertThat(answers.path(2).path("body").path("id").asText()).isEqualTo(recorded.id());
    assertThat(answers.path(0).path("headers").path("Content-Type").asText())
        .startsWith("application/json");
    assertThat(answers.path(5).path("headers").path("Allow").asText()).isEqualTo("GET, HEAD");
    assertThat(answers.path(5).path("body").path("error").path("code").asText())
        .isEqualTo("Request_BadRequest");
  }

  @Test
  void everyPartHasARequestIdOfItsOwnByWhichTheJournalKnowsIt() throws IOException {
    JsonNode answers =
        calls.batch(
            item("1", "GET", recorded.contentPath()), item("2", "GET", recorded.contentPath()));

    List<String> ids =
        List.of(
            answers.path(0).path("headers").path("request-id").asText(),
            answers.path(1).path("headers").path("request-id").asText());
    assertThat(ids).doesNotHaveDuplicates();
    for (String id : ids) {
      var delivery = server.journal(id).delivery();
      assertThat(delivery.status()).isEqualTo(200);
      assertThat(delivery.bytes()).isEqualTo(recorded.bytes().length);
      assertThat(delivery.whole()).isTrue();
    }
  }

  @Test
  void everyPartNamesTheClientsRequestIdOrTheBatchs() throws IOException {
    String items =
        String.join(
            ",",
            item("1", "GET", recorded.path(), "'client-request-id':'mine'"),
            item("2", "GET", recorded.path()),
            item("3", "GET", "/no/such", "'Client-Request-Id':'lost'"));
    HttpResponse<byte[]> answer =
        server.send(
            server
                .request("/v1.0/$batch", organizer)
                .header("client-request-id", "whole")
                .POST(BodyPublishers.ofString("{\"requests\":[" + items + "]}")));

    List<String> named = new ArrayList<>();
    for (JsonNode part : JSON.readTree(answer.body()).path("responses")) {
      named.add(part.path("headers").path("client-request-id").asText());
    }
    assertThat(named).containsExactly("mine", "whole", "lost");
    assertThat(answer.headers().firstValue("client-request-id")).hasValue("whole");
  }

  @Test
  void contentComesInBase64AndInRanges() throws IOException {
    JsonNode answers =
        calls.batch(
            item("1", "GET", recorded.contentPath()),
            item("2", "GET", recorded.contentPath(), "'Range':'bytes=10-19'"),
            item("3", "GET", recorded.contentPath(), "'RANGE':'bytes=999999999-'"),
            item("4", "GET", recorded.contentPath(), "'if-none-match':'*'"),
            item("5", "GET", recorded.contentPath(), "'If-Match':'\\\"other\\\"'"),
            item("6", "GET", recorded.contentPath(), "'Range':'bytes=0-0,5-6'"));

    assertThat(statuses(answers)).containsExactly(200, 206, 416, 304, 412, 200);
    JsonNode whole = answers.path(0);
    assertThat(sha256(whole.path("body").binaryValue())).isEqualTo(recorded.sha256());
    assertThat(whole.path("headers").path("Content-Type").asText()).isEqualTo("video/mp4");
    assertThat(whole.path("headers").path("ETag").asText()).isEqualTo(recorded.entityTag());
    assertThat(answers.path(1).path("body").binaryValue())
        .isEqualTo(Arrays.copyOfRange(recorded.bytes(), 10, 20));
    assertThat(answers.path(1).path("headers").path("Content-Range").asText())
        .isEqualTo("bytes 10-19/" + recorded.bytes().length);
    assertThat(answers.path(2).path("headers").path("Content-Range").asText())
        .isEqualTo("bytes */" + recorded.bytes().length);
    assertThat(answers.path(3).has("body")).isFalse();
  }

  @Test
  void whatIsTooLargeForABatchIsToBeHadByItself() throws IOException {
    Recorded large = server.handOver().bytes(Media.mp4(Batch.LARGEST_PART + 1)).keep();
    Recorded most = server.handOver().bytes(Media.mp4(Batch.LARGEST_PART)).keep();
    List<String> items = new ArrayList<>();
    items.add(item("0", "GET", large.contentPath()));
    items.add(item("1", "GET", large.contentPath(), "'Range':'bytes=0-99'"));
    // After the hundred bytes, which else might find the answer full.
    IntStream.range(2, 7)
        .forEach(i -> items.add(item("" + i, "GET", most.contentPath(), "", "'dependsOn':['1']")));

    JsonNode answers = calls.batch(items.toArray(String[]::new));

    assertThat(answers.path(0).path("status").asInt()).isEqualTo(413);
    assertThat(answers.path(0).path("body").path("error").path("message").asText())
        .contains("4194305 bytes", "by itself", server.base() + large.contentPath());
    assertThat(answers.path(1).path("status").asInt()).isEqualTo(206);
    // Four of these five fill the answer; a hundred bytes of it may have been taken before.
    assertThat(statuses(answers).subList(2, 7).stream().filter(status -> status == 413).count())
        .isBetween(1L, 2L);
    assertThat(
            server
                .journal(answers.path(0).path("headers").path("request-id").asText())
                .delivery()
                .status())
        .isEqualTo(413);
  }

  @Test
  void bodiesAreJsonOrBase64() throws IOException {
    String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[] {-1, -2, 3});
    JsonNode answers =
        calls.batch(
            post("1", "'content-TYPE':'application/json'", "{'a':[1,{'b':null}]}"),
            post("2", "'Content-Type':'image/png'", "'" + base64 + "'"),
            post("3", "'Content-Type':'image/png'", "'*not base64*'"),
            post("4", "'Content-Type':'image/png'", "{}"),
            post("5", "'Accept':'*/*'", "{}"),
            post("6", "'Content-Type':'application/json; charset=utf-8'", "'a\\\"b'"));

    assertThat(statuses(answers)).containsExactly(201, 201, 400, 400, 400, 201);
    assertThat(answers.path(0).path("body").toString()).isEqualTo("{\"a\":[1,{\"b\":null}]}");
    assertThat(answers.path(1).path("body").binaryValue()).containsExactly(-1, -2, 3);
    assertThat(answers.path(4).path("body").path("error").path("message").asText())
        .contains("Content-Type");
    assertThat(answers.path(5).path("body").asText()).isEqualTo("a\"b");
  }

  @Test
  void eachRequestIsDecidedByItself() throws IOException {
    JsonNode answers =
        calls.batch(
            item("1", "GET", recorded.path()),
            item(
                "2",
                "GET",
                recorded.path(),
                "'authorization':'Bearer " + server.user(TestServer.OUTSIDER) + "'"),
            item("3", "GET", recorded.path(), "'Authorization':'Bearer nonsense'"),
            item("4", "GET", recorded.pathOf(TestServer.ATTENDEE)));

    assertThat(statuses(answers)).containsExactly(200, 403, 401, 403);
    assertThat(answers.path(2).path("headers").path("WWW-Authenticate").asText())
        .startsWith("Bearer ");
    HttpResponse<byte[]> nobody = new BatchCalls(server, "").post("{\"requests\":[]}");
    assertThat(nobody.statusCode()).isEqualTo(401);
  }

  @Test
  void whatDependsWaitsAndFailsWithItsDependency() throws IOException {
    synchronized (ORDER) {
      ORDER.clear();
    }
    JsonNode answers =
        calls.batch(
            item("4", "GET", "/note/d/200", "", "'dependsOn':['C', 3]"),
            item("'c'", "GET", "/note/c/200", "", "'dependsOn':['2']"),
            item("2", "GET", "/note/b/200", "", "'dependsOn':[1]"),
            item("3", "GET", "/note/e/404", "", "'dependsOn':null"),
            item("1", "GET", "/note/a/200", "", "'dependsOn':[]"),
            item("6", "GET", "/note/g/200", "", "'dependsOn':['4']"));

    assertThat(statuses(answers)).containsExactly(424, 200, 200, 404, 200, 424);
    JsonNode error = answers.path(0).path("body").path("error");
    assertThat(error.path("code").asText()).isEqualTo("FailedDependency");
    assertThat(error.path("message").asText()).contains("'3'", "404");
    synchronized (ORDER) {
      assertThat(ORDER).containsExactlyInAnyOrder("a", "b", "c", "e");
      assertThat(ORDER.stream().filter(name -> !name.equals("e"))).containsExactly("a", "b", "c");
    }
  }

  @Test
  void independentRequestsRunAtOneTime() throws IOException {
    // Each waits for the other four, so one after the other none would ever be answered.
    JsonNode answers =
        calls.batch(
            IntStream.range(0, 5)
                .mapToObj(i -> item("" + i, "GET", "meet"))
                .toArray(String[]::new));

    assertThat(statuses(answers)).containsOnly(200);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
