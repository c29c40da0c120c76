package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.aftercall.http.odata.ArtifactType;
import dev.aftercall.http.odata.Select;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever comes over the wire ends in a value or in a {@link GraphException}, nothing else. */
final class HostileInputTest {
  private static final int ROUNDS = 20_000;
  private static final String CRUMBS =
      "/()'\"%=&+?#;:,.-_*@$~\\ \t\r\n\u0000\u007fabzAZ0189\u00e9\u2028\ud83c\udfa5\ud800\uff11";
  private static final List<String> PATHS =
      List.of(
          "/v1.0/me/onlineMeetings/MSox/recordings/VjIj/content",
          "/beta/users('b935e675-5e67-48b9-8d45-249d5f88e964')/onlineMeetings('MSo%3D')/recordings('V')",
          "/v1.0/users/o%27brien%40example.org/onlineMeetings(id='x')//recordings()/",
          "/v1.0/%E2%82%AC/%2e%2e/%00/%zz");
  private static final List<String> QUERIES =
      List.of(
          "$select=id,callId&$top=5&%24filter=a%20eq%20'b'",
          "select=id&$SELECT=*&=&&x=+%2B", "%E0%A4%A=%&%u0041");
  private static final List<String> RANGES =
      List.of(
          "bytes=0-1,5-,-7",
          "bytes=9223372036854775807-9223372036854775808",
          "BYTES=0-0, ,1-1",
          "bytes=-0",
          "lines=1-2");
  private static final List<String> DATES =
      List.of(
          "Mon, 23 Nov 2026 09:30:00 GMT",
          "Monday, 23-Nov-26 09:30:00 GMT",
          "Mon Nov 23 09:30:00 2026",
          "\"abc\", W/\"def\", *");

  private final SplittableRandom random = new SplittableRandom(7);

  private interface Reading {
    Object read(String text);
  }

  @Test
  void paths() {
    PathTemplate template =
        PathTemplate.parse("/{version:v1.0|beta}/users/{userId}/onlineMeetings/{meetingId}");
    hostile(
        PATHS,
        text -> {
          List<String> segments = GraphPath.segments("/" + text);
          assertThat(segments).hasSizeLessThan(80);
          template.match(segments).ifPresent(caught -> assertThat(caught).hasSize(3));
          return Router.graph(segments);
        });
  }

  @Test
  void queries() {
    hostile(QUERIES, Query::parse);
  }

  @Test
  void selections() {
    hostile(QUERIES, text -> Select.of(request(Query.parse(text)), ArtifactType.RECORDING));
  }

  @Test
  void ranges() {
    hostile(
        RANGES,
        text -> {
          long size = random.nextLong(1, 51);
          RangeField.Wanted wanted = RangeField.read(Optional.of(text), size);
          if (wanted instanceof RangeField.Parts parts) {
            assertThat(parts.ranges()).isNotEmpty().hasSizeLessThanOrEqualTo(32);
            for (ByteRange range : parts.ranges()) {
              assertThat(range.offset()).isBetween(0L, size - 1);
              assertThat(range.length()).isBetween(1L, size - range.offset());
            }
          }
          return wanted;
        });
  }

  @Test
  void conditions() {
    List<String> fields =
        List.of(
            "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range");
    hostile(
        DATES,
        text -> {
          Headers headers = name -> fields.contains(name) ? Optional.of(text) : Optional.empty();
          String only = fields.get(random.nextInt(fields.size()));
          Headers one = name -> name.equals(only) ? Optional.of(text) : Optional.empty();
          Conditions.rangeCounts(headers, "\"abc\"", 1_000);
          Conditions.evaluate(one, "\"abc\"", 1_000);
          return Conditions.evaluate(headers, "\"abc\"", 1_000);
        });
  }

  @Test
  void fileNames() {
    hostile(
        PATHS,
        text -> {
          String field = ContentDisposition.inline(text);
          assertThat(field.chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
          assertThat(field.chars().filter(c -> c == '"').count()).isEqualTo(2);
          return field;
        });
  }

  private static Request request(Query query) {
    return new Request(
        "GET",
        new Request.Target("http://localhost", "/", query, Map.of("version", "beta")),
        name -> Optional.empty(),
        java.io.InputStream.nullInputStream(),
        -1,
        new Trace("a", "b"),
        Optional.empty());
  }

  private void hostile(List<String> seeds, Reading reading) {
    for (int round = 0; round < ROUNDS; round++) {
      String text = random.nextInt(4) == 0 ? noise() : mutated(seeds);
      try {
        assertThat(reading.read(text)).isNotNull();
      } catch (GraphException refused) {
        assertThat(refused.code().status()).isEqualTo(400);
        assertThat(refused.text()).isNotBlank();
      } catch (RuntimeException e) {
        fail("Round %d, text '%s'".formatted(round, text), e);
      }
    }
  }

  private String mutated(List<String> seeds) {
    StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
    for (int edits = random.nextInt(6); edits > 0 && !text.isEmpty(); edits--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, crumb());
        case 1 -> text.setCharAt(at, crumb());
        case 2 -> text.deleteCharAt(at);
        default -> text.insert(at, text.substring(0, at));
      }
    }
    return text.toString();
  }

  private String noise() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(60); left > 0; left--) {
      text.append(crumb());
    }
    return text.toString();
  }

  private char crumb() {
    return CRUMBS.charAt(random.nextInt(CRUMBS.length()));
  }
}
