package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Parts of content: RFC 9110, section 14. The Java SDK ends every download after 100 s. */
@Conformance("HTTP: ranges")
final class RangesTest {
  private static final String BEYOND =
      "Graph documents no ranges of content; we serve those of RFC 9110";

  private final ServerUnderTest server;
  private final ReadyFile.Held held;
  private final byte[] film;

  RangesTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
    this.film = get().reply().body();
  }

  @Differs(BEYOND)
  void thePlayersFirstQuestion() {
    part("bytes=0-1", 0, 2);
  }

  @Differs(BEYOND)
  void single() {
    part("bytes=1000-1999", 1000, 1000);
    part("bytes=0-0", 0, 1);
    part("BYTES=7-8", 7, 2);
  }

  @Differs(BEYOND)
  void openEnded() {
    part("bytes=0-", 0, film.length);
    part("bytes=1000-", 1000, film.length - 1000);
    part("bytes=" + (film.length - 1) + "-", film.length - 1, 1);
  }

  @Differs(BEYOND)
  void suffix() {
    part("bytes=-500", film.length - 500, 500);
    part("bytes=-1", film.length - 1, 1);
    part("bytes=-" + (film.length + 1L), 0, film.length);
  }

  @Differs(BEYOND)
  void endsThatLieBeyondAreCut() {
    part("bytes=1000-" + Long.MAX_VALUE, 1000, film.length - 1000);
    part("bytes=1000-99999999999999999999", 1000, film.length - 1000);
  }

  @Differs(BEYOND)
  void several() {
    Wire.Reply reply = get().header("Range", "bytes=0-9, 1000-1009, -10").reply();
    assertThat(reply.status()).isEqualTo(206);
    String type = reply.header("Content-Type");
    assertThat(type).startsWith("multipart/byteranges; boundary=");
    assertThat(reply.header("Content-Range")).isEmpty();
    String boundary = type.substring(type.indexOf('=') + 1).replace("\"", "");
    String body = new String(reply.body(), StandardCharsets.ISO_8859_1);
    String[] parts = body.split("(\r\n)?--" + boundary + "(--)?\r\n", -1);
    assertThat(parts).as("before, three parts, after").hasSize(5);
    piece(parts[1], 0);
    piece(parts[2], 1000);
    piece(parts[3], film.length - 10);
  }

  @Differs(BEYOND)
  void oneOfSeveralThatExists() {
    Wire.Reply reply = get().header("Range", "bytes=0-9,%d-".formatted(film.length)).reply();
    assertThat(reply.status()).isEqualTo(206);
    assertThat(reply.header("Content-Range")).isEqualTo("bytes 0-9/" + film.length);
    assertThat(reply.body()).isEqualTo(Arrays.copyOf(film, 10));
  }

  @Differs(BEYOND)
  void noneThatExists() {
    for (String range :
        new String[] {
          "bytes=" + film.length + "-", "bytes=" + film.length + "-" + (film.length + 9), "bytes=-0"
        }) {
      Wire.Reply reply = get().header("Range", range).reply();
      GraphErrors.refused(416, "InvalidRange", reply);
      assertThat(reply.header("Content-Range")).as(range).isEqualTo("bytes */" + film.length);
    }
  }

  @Differs(BEYOND)
  void malformedOnesAreIgnored() {
    for (String range :
        new String[] {
          "bytes=9-1", "bytes=a-b", "bytes=", "bytes=-", "bytes=1", "items=0-1", "0-1"
        }) {
      Wire.Reply reply = get().header("Range", range).reply();
      assertThat(reply.status()).as(range).isEqualTo(200);
      assertThat(reply.body()).hasSize(film.length);
    }
  }

  @Differs(BEYOND)
  void onlyIfItIsStillTheSame() {
    Wire.Reply first = get().reply();
    for (String same : new String[] {first.header("ETag"), first.header("Last-Modified")}) {
      assertThat(get().header("Range", "bytes=0-9").header("If-Range", same).reply().status())
          .as(same)
          .isEqualTo(206);
    }
    for (String other :
        new String[] {
          "\"other\"", "W/" + first.header("ETag"), "Thu, 01 Jan 1970 00:00:00 GMT", "nonsense"
        }) {
      assertThat(get().header("Range", "bytes=0-9").header("If-Range", other).reply().status())
          .as(other)
          .isEqualTo(200);
    }
  }

  @Differs(BEYOND)
  void headIsNeverInParts() {
    Wire.Reply head =
        server
            .wire()
            .send("HEAD", held.byMe() + "/content")
            .as("organizer")
            .header("Range", "bytes=0-9")
            .reply();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(film.length));
  }

  @Differs(BEYOND)
  void aDownloadInPartsIsTheWhole() {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    String tag = get().reply().header("ETag");
    while (joined.size() < film.length) {
      Wire.Reply reply =
          get()
              .header("Range", "bytes=%d-%d".formatted(joined.size(), joined.size() + 300_000 - 1))
              .header("If-Range", tag)
              .reply();
      assertThat(reply.status()).isEqualTo(206);
      joined.writeBytes(reply.body());
    }
    assertThat(Bytes.sha256(joined.toByteArray())).isEqualTo(held.sha256());
  }

  private void part(String range, int offset, int length) {
    Wire.Reply reply = get().header("Range", range).reply();
    assertThat(reply.status()).as(range).isEqualTo(206);
    assertThat(reply.header("Content-Range"))
        .isEqualTo("bytes %d-%d/%d".formatted(offset, offset + length - 1, film.length));
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(length));
    assertThat(reply.header("Content-Type")).isEqualTo("video/mp4");
    assertThat(reply.header("ETag")).isNotEmpty();
    assertThat(Bytes.sha256(reply.body()))
        .isEqualTo(Bytes.sha256(Arrays.copyOfRange(film, offset, offset + length)));
  }

  private void piece(String part, int offset) {
    int blank = part.indexOf("\r\n\r\n");
    String head = part.substring(0, blank);
    assertThat(head)
        .contains("Content-Type: video/mp4")
        .contains("Content-Range: bytes %d-%d/%d".formatted(offset, offset + 9, film.length));
    assertThat(part.substring(blank + 4).getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(Arrays.copyOfRange(film, offset, offset + 10));
  }

  private Wire.Call get() {
    return server.wire().get(held.byMe() + "/content").as("organizer");
  }
}
