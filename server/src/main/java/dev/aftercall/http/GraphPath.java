package dev.aftercall.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes a Graph path apart. A key may be a segment of its own ({@code users/U}) or stand in
 * parentheses ({@code users('U')}); both become the same two segments. OData 4.01, URL Conventions,
 * 4.3.1 and 4.3.6. A call of one of Graph's functions stays one segment with its arguments, {@code
 * getAllRecordings(userId='U')}; without arguments it is the name alone.
 */
final class GraphPath {
  private static final int MOST_SEGMENTS = 32;
  private static final Set<String> FUNCTIONS =
      Set.of("getallrecordings", "getalltranscripts", "delta", "createorget");
  private static final int LONGEST_FUNCTION =
      FUNCTIONS.stream().mapToInt(String::length).max().orElseThrow();
  private static final String NAMESPACE = "microsoft.graph.";

  private GraphPath() {}

  /**
   * The decoded segments of a path, keys on their own; one slash at the end is nothing.
   *
   * @param path as it came, percent-encoded, beginning with a slash
   * @throws GraphException 400 when it cannot be taken apart
   */
  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(10);
    int start = 1;
    boolean quoted = false;
    for (int i = 1; i <= path.length(); i++) {
      char c = i == path.length() ? '/' : path.charAt(i);
      if (c == '\'' && i < path.length()) {
        quoted = !quoted && "(=,'".indexOf(path.charAt(i - 1)) >= 0;
      } else if (c == '/' && (!quoted || i == path.length())) {
        add(segments, path.substring(start, i), i == path.length());
        start = i + 1;
      }
    }
    return segments;
  }

  private static void add(List<String> segments, String raw, boolean last) {
    if (segments.size() > MOST_SEGMENTS) {
      throw new GraphException(ErrorCode.BAD_REQUEST, "The path has too many segments.");
    }
    if (raw.isEmpty()) {
      if (!last) {
        throw new GraphException(ErrorCode.BAD_REQUEST, "The path has an empty segment.");
      }
      return;
    }
    String segment = decode(raw);
    int open = segment.indexOf('(');
    boolean parentheses = open > 0 && segment.endsWith(")");
    String name = unqualified(parentheses ? segment.substring(0, open) : segment);
    if (!parentheses) {
      segments.add(name);
    } else {
      String key = segment.substring(open + 1, segment.length() - 1).strip();
      boolean call = isFunction(name);
      segments.add(call && !key.isEmpty() ? name + "(" + key + ")" : name);
      if (!call && !key.isEmpty()) {
        segments.add(unquote(key));
      }
    }
  }

  /** Whether a segment is one of Graph's functions, with or without arguments: never an id. */
  static boolean isCall(String segment) {
    int open = segment.indexOf('(');
    return isFunction(open < 0 ? segment : segment.substring(0, open));
  }

  private static boolean isFunction(String name) {
    // Ids are long, and each is asked about at every route that has a place for one.
    return name.length() <= LONGEST_FUNCTION && FUNCTIONS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** A function's name may stand with its namespace before it. */
  private static String unqualified(String name) {
    boolean qualified = name.regionMatches(true, 0, NAMESPACE, 0, NAMESPACE.length());
    String bare = qualified ? name.substring(NAMESPACE.length()) : name;
    return isFunction(bare) ? bare : name;
  }

  private static String unquote(String key) {
    String value = key.startsWith("id='") ? key.substring(3) : key;
    boolean quotes = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
    return quotes ? value.substring(1, value.length() - 1).replace("''", "'") : value;
  }

  private static String decode(String raw) {
    if (plain(raw)) {
      return raw;
    }
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    boolean ascii = true;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      int decoded = c;
      if (c == '%') {
        decoded = hex(raw, i + 1) << 4 | hex(raw, i + 2);
        i += 2;
      } else if (c <= 0x20 || c >= 0x7f) {
        throw broken();
      }
      if (decoded < 0x20 || decoded == 0x7f) {
        throw broken();
      }
      ascii &= decoded < 0x80;
      bytes[length++] = (byte) decoded;
    }
    return ascii
        ? new String(bytes, 0, length, StandardCharsets.US_ASCII)
        : utf8(ByteBuffer.wrap(bytes, 0, length));
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw broken();
    }
  }

  /** Whether nothing needs decoding; asked of every segment of every request. */
  private static boolean plain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= 0x20 || c >= 0x7f || c == '%') {
        return false;
      }
    }
    return true;
  }

  private static int hex(String raw, int at) {
    int digit = at < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
    if (digit < 0) {
      throw broken();
    }
    return digit;
  }

  private static GraphException broken() {
    return new GraphException(
        ErrorCode.BAD_REQUEST, "The path is not percent-encoded UTF-8 without control characters.");
  }
}
