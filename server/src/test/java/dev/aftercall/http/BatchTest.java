package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.ByteArrayInputStream;
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
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code POST /$batch}: what it carries, in which order, and what it does with nonsense. */
final class BatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ORDER = new ArrayList<>();
  private static final CyclicBarrier MEETING = new CyclicBarrier(5);

  private static TestServer server;
  private static Recorded recorded;
  private static String organizer;

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
        batch(
            item("1", "GET", recorded.path()),
            item("\"b\"", "get", recorded.mePath().substring("/v1.0/".length())),
            item(
                "\"3\\u00e9\"", "GET", recorded.path().substring("/v1.0".length()) + "?$select=id"),
            item("4.0", "GET", server.base() + recorded.path()),
            item("5", "GET", recorded.path() + "x"),
            item("6", "DELETE", recorded.path()));

    assertThat(values(answers, "id")).containsExactly("1", "b", "3é", "4.0", "5", "6");
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
        batch(item("1", "GET", recorded.contentPath()), item("2", "GET", recorded.contentPath()));

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
  void contentComesInBase64AndInRanges() throws IOException {
    JsonNode answers =
        batch(
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
    IntStream.range(2, 7).forEach(i -> items.add(item("" + i, "GET", most.contentPath())));

    JsonNode answers = batch(items.toArray(String[]::new));

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
        batch(
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
        batch(
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
    HttpResponse<byte[]> nobody = post("", "{\"requests\":[]}");
    assertThat(nobody.statusCode()).isEqualTo(401);
  }

  @Test
  void whatDependsWaitsAndFailsWithItsDependency() throws IOException {
    synchronized (ORDER) {
      ORDER.clear();
    }
    JsonNode answers =
        batch(
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
        batch(
            IntStream.range(0, 5)
                .mapToObj(i -> item("" + i, "GET", "meet"))
                .toArray(String[]::new));

    assertThat(statuses(answers)).containsOnly(200);
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
    JsonNode answers = batch(item("1", "GET", url), item("2", "GET", recorded.path()));

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
    HttpResponse<byte[]> answer = post(organizer, body.replace('\'', '"'));

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(400);
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("BadRequest");
    assertThat(error.path("message").asText()).startsWith("Invalid batch payload").contains(why);
  }

  @Test
  void aBatchOfMoreThanFourMegabytesIsRefused() {
    String body =
        "{\"requests\":[{\"id\":\"1\",\"body\":\"" + "x".repeat(Batch.LARGEST_BODY) + "\"}]}";
    assertThat(post(organizer, body).statusCode()).isEqualTo(413);

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
      HttpResponse<byte[]> answer = post(organizer, body.toString().replace('\'', '"'));
      assertThat(answer.statusCode()).as(body.toString()).isIn(200, 400);
    }
  }

  @Test
  void aClientThatLeavesGetsItsBytesNotCounted() throws IOException {
    Recorded most = server.handOver().bytes(Media.mp4(Batch.LARGEST_PART)).keep();
    String body =
        "{\"requests\":["
            + String.join(
                ",",
                IntStream.range(0, 4)
                    .mapToObj(i -> item("" + i, "GET", most.contentPath()))
                    .toList())
            + "]}";
    String id;
    try (RawHttp raw = RawHttp.to(server)) {
      raw.send(
          "POST /v1.0/$batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + organizer
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      assertThat(raw.head().getFirst()).isEqualTo("HTTP/1.1 200 OK");
      String start = new String(raw.readExactly(400), UTF_8);
      id = start.replaceAll("(?s).*?\"request-id\":\"([^\"]*)\".*", "$1");
    }
    var delivery = server.journal(id).delivery();
    assertThat(delivery.whole()).isFalse();
    assertThat(delivery.bytes()).isZero();
    assertThat(statuses(batch(item("1", "GET", most.contentPath())))).containsExactly(200);
  }

  @Test
  void batchesTogetherHoldSoMuchAndNoMore() {
    BatchMemory memory = new BatchMemory(100);
    BatchMemory.Share one = memory.share();
    one.take(60);
    try (BatchMemory.Share other = memory.share()) {
      other.take(40);
      assertThatExceptionOfType(GraphException.class)
          .isThrownBy(() -> other.take(1))
          .matches(e -> e.code() == ErrorCode.SERVICE_UNAVAILABLE)
          .matches(e -> e.headers().equals(Map.of("Retry-After", "1")));
    }
    one.close();
    one.close();
    assertThat(memory.left()).isEqualTo(100);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String item(String id, String method, String url, String... more) {
    String headers = more.length == 0 ? "" : ",'headers':{" + more[0] + "}";
    String rest = more.length < 2 ? "" : "," + more[1];
    return ("{'id':" + id + ",'method':'" + method + "','url':'" + url + "'" + headers + rest + "}")
        .replace('\'', '"');
  }

  private static String post(String id, String headers, String body) {
    return item(id, "POST", "/echo", headers, "'body':" + body);
  }

  private static JsonNode batch(String... items) throws IOException {
    HttpResponse<byte[]> answer =
        post(organizer, "{\"requests\":[" + String.join(",", items) + "]}");
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    return JSON.readTree(answer.body()).path("responses");
  }

  private static HttpResponse<byte[]> post(String token, String body) {
    return server.send(
        server
            .request("/v1.0/$batch", token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static List<Integer> statuses(JsonNode answers) {
    return values(answers, "status").stream().map(Integer::valueOf).toList();
  }

  private static List<String> values(JsonNode answers, String name) {
    List<String> values = new ArrayList<>();
    answers.forEach(answer -> values.add(answer.path(name).asText()));
    return values;
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }
}
