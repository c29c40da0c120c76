package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a {@code multipart/byteranges} body apart as RFC 2046 and RFC 9110, 14.6, have it. */
final class Multipart {
  private static final Pattern TYPE =
      Pattern.compile("multipart/byteranges; boundary=([A-Za-z0-9'()+_,./:=?-]{1,70})");
  private static final Pattern RANGE = Pattern.compile("bytes ([0-9]+)-([0-9]+)/([0-9]+)");

  private Multipart() {}

  /** One part: where it lies and what it holds. */
  record Part(long first, long last, long size, String mediaType, byte[] bytes) {}

  static List<Part> parts(HttpResponse<byte[]> answer) {
    Matcher type = TYPE.matcher(answer.headers().firstValue("Content-Type").orElse(""));
    assertThat(type.matches()).as("a boundary of at most 70 permitted characters").isTrue();
    String delimiter = "\r\n--" + type.group(1);
    // ISO 8859-1 maps bytes to characters one to one.
    String body = new String(answer.body(), ISO_8859_1);
    assertThat(body).startsWith(delimiter + "\r\n").endsWith(delimiter + "--\r\n");
    List<Part> parts = new ArrayList<>();
    int at = delimiter.length();
    while (!body.startsWith("--\r\n", at)) {
      assertThat(body.startsWith("\r\n", at)).isTrue();
      int headEnd = body.indexOf("\r\n\r\n", at);
      Part part = part(body.substring(at + 2, headEnd), answer.body(), headEnd + 4);
      parts.add(part);
      at = headEnd + 4 + part.bytes().length;
      assertThat(body.startsWith(delimiter, at)).as("a delimiter after each part").isTrue();
      at += delimiter.length();
    }
    assertThat(at + 4).as("nothing after the end").isEqualTo(body.length());
    return parts;
  }

  private static Part part(String head, byte[] body, int from) {
    String[] lines = head.split("\r\n", -1);
    assertThat(lines).hasSize(2);
    Matcher range = RANGE.matcher(lines[1].substring("Content-Range: ".length()));
    assertThat(range.matches()).as(lines[1]).isTrue();
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    int length = Math.toIntExact(last - first + 1);
    return new Part(
        first,
        last,
        Long.parseLong(range.group(3)),
        lines[0].substring("Content-Type: ".length()),
        Arrays.copyOfRange(body, from, from + length));
  }
}
