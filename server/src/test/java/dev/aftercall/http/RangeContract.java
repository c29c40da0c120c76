package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges are right wherever the bytes lie. RFC 9110, 14. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RangeContract {
  private static final int SIZE = 300_000;

  /** The server under test, the same for all tests. */
  abstract TestServer server();

  private @Nullable Recorded kept;

  private Recorded recorded() {
    Recorded known = kept;
    if (known == null) {
      known = server().handOver().bytes(Media.mp4(SIZE)).keep();
      kept = known;
    }
    return known;
  }

  private HttpResponse<byte[]> get(String... fields) {
    return server().get(recorded().contentPath(), server().user(TestServer.ORGANIZER), fields);
  }

  @Test
  void whole() {
    HttpResponse<byte[]> answer = get();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(recorded().bytes());
    assertThat(field(answer, "Content-Type")).isEqualTo("video/mp4");
    assertThat(field(answer, "Content-Length")).isEqualTo(Integer.toString(SIZE));
    assertThat(field(answer, "ETag")).isEqualTo(recorded().entityTag());
    assertThat(field(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(field(answer, "Content-Range")).isEmpty();
    journals(answer, new Delivery(200, SIZE, true));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-1, 0, 1",
    "bytes=100-199, 100, 199",
    "bytes=0-, 0, 299999",
    "bytes=299999-, 299999, 299999",
    "bytes=250000-, 250000, 299999",
    "bytes=-1, 299999, 299999",
    "bytes=-1000, 299000, 299999",
    "bytes=-300000, 0, 299999",
    "bytes=-9999999999, 0, 299999",
    "bytes=299990-99999999999999999999, 299990, 299999",
    "BYTES=5-9, 5, 9",
    "'bytes= 5-9 ', 5, 9",
    "'bytes=5-9,400000-', 5, 9",
    "'bytes=,5-9,,', 5, 9"
  })
  void single(String range, int first, int last) {
    HttpResponse<byte[]> answer = get("Range", range);

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(field(answer, "Content-Range"))
        .isEqualTo("bytes " + first + "-" + last + "/" + SIZE);
    assertThat(field(answer, "Content-Length")).isEqualTo(Integer.toString(last - first + 1));
    assertThat(field(answer, "Content-Type")).isEqualTo("video/mp4");
    assertThat(field(answer, "ETag")).isEqualTo(recorded().entityTag());
    assertThat(answer.body()).isEqualTo(slice(first, last));
    journals(answer, new Delivery(206, last - first + 1L, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=x-1",
        "bytes=1-x",
        "bytes=5-4",
        "bytes=1",
        "bytes=1-2-3",
        "bytes=0x1-2",
        "bytes=+1-2",
        "bytes=1.0-2",
        "bytes=1-2;3-4",
        "bytes 0-1",
        "bytes=1 -2",
        "bytes=0-1,x",
        "lines=0-1",
        "seconds=1-2",
        "=0-1",
        "bytes=--1"
      })
  void malformedOrOfAnotherUnitIsIgnored(String range) {
    HttpResponse<byte[]> answer = get("Range", range);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).hasSize(SIZE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=300000-",
        "bytes=300000-300001",
        "bytes=-0",
        "bytes=400000-,500000-",
        "bytes=99999999999999999999-"
      })
  void unsatisfiable(String range) {
    HttpResponse<byte[]> answer = get("Range", range);

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(field(answer, "Content-Range")).isEqualTo("bytes */" + SIZE);
    assertThat(field(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(new String(answer.body(), UTF_8))
        .startsWith("{\"error\":{\"code\":\"InvalidRange\"");
    journals(answer, new Delivery(416, 0, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,100-199",
        "bytes=100-199, 0-1",
        "bytes=0-0,-1",
        "bytes=0-99,50-149",
        "bytes=7-7,7-7,7-7",
        "bytes=1-2,500000-,3-4",
        "bytes=0-149999,150000-"
      })
  void several(String range) {
    HttpResponse<byte[]> answer = get("Range", range);

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(field(answer, "Content-Range")).isEmpty();
    assertThat(field(answer, "Content-Length")).isEqualTo(Integer.toString(answer.body().length));
    List<Multipart.Part> parts = Multipart.parts(answer);
    assertThat(parts).hasSizeGreaterThan(1);
    long sum = 0;
    for (Multipart.Part part : parts) {
      assertThat(part.mediaType()).isEqualTo("video/mp4");
      assertThat(part.size()).isEqualTo(SIZE);
      assertThat(part.bytes()).isEqualTo(slice((int) part.first(), (int) part.last()));
      sum += part.bytes().length;
    }
    journals(answer, new Delivery(206, sum, true));
  }

  @Test
  void moreThanTheWholeInPiecesIsSentWhole() {
    assertThat(get("Range", "bytes=0-,0-").statusCode()).isEqualTo(200);
    assertThat(get("Range", "bytes=0-199999,100000-299999").statusCode()).isEqualTo(200);
  }

  @Test
  void thirtyTwoRangesAreServedAndMoreAreNot() {
    assertThat(Multipart.parts(get("Range", crumbs(32)))).hasSize(32);
    for (int count : new int[] {33, 34, 35, 1_000}) {
      assertThat(get("Range", crumbs(count)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anyRangeIsTheSliceItNames() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100; i++) {
      int first = random.nextInt(SIZE);
      int last = first + random.nextInt(SIZE - first);
      HttpResponse<byte[]> answer = get("Range", "bytes=" + first + "-" + last);
      assertThat(answer.body()).isEqualTo(slice(first, last));
    }
  }

  @Test
  void headTellsAllAndSendsNothing() {
    HttpResponse<byte[]> answer =
        server()
            .send(
                server()
                    .request(recorded().contentPath(), server().user(TestServer.ORGANIZER))
                    .header("Range", "bytes=0-1")
                    .method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(field(answer, "Content-Length")).isEqualTo(Integer.toString(SIZE));
    assertThat(field(answer, "Content-Type")).isEqualTo("video/mp4");
    assertThat(field(answer, "ETag")).isEqualTo(recorded().entityTag());
    assertThat(answer.body()).isEmpty();
    journals(answer, new Delivery(200, 0, true));
  }

  @Test
  void ifRangeCountsWhenItIsTheStrongTagOrTheVeryDate() {
    String tag = recorded().entityTag();
    String date = field(get(), "Last-Modified");

    assertThat(ranged(tag)).isEqualTo(206);
    assertThat(ranged(date)).isEqualTo(206);
    assertThat(ranged("W/" + tag)).as("a weak tag never matches strongly").isEqualTo(200);
    assertThat(ranged("\"other\"")).isEqualTo(200);
    assertThat(ranged("Mon, 23 Nov 2020 09:30:00 GMT")).isEqualTo(200);
    assertThat(ranged("Fri, 01 Jan 2100 00:00:00 GMT")).as("exactly, not later").isEqualTo(200);
    assertThat(ranged("nonsense")).isEqualTo(200);
  }

  private int ranged(String ifRange) {
    return get("Range", "bytes=0-9", "If-Range", ifRange).statusCode();
  }

  private static String crumbs(int count) {
    StringBuilder range = new StringBuilder("bytes=0-0");
    for (int i = 1; i < count; i++) {
      range.append(',').append(i * 10).append('-').append(i * 10 + 1);
    }
    return range.toString();
  }

  private byte[] slice(int first, int last) {
    return Arrays.copyOfRange(recorded().bytes(), first, last + 1);
  }

  private void journals(HttpResponse<byte[]> answer, Delivery delivery) {
    String id = field(answer, "request-id");
    Delivery found = server().journal(id).delivery();
    assertThat(new Delivery(found.status(), found.bytes(), found.whole())).isEqualTo(delivery);
    assertThat(server().journal(id).allowed()).isTrue();
  }

  static String field(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
