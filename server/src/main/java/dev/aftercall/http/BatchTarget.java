package dev.aftercall.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes the URL of a batch's item for what a lone request's target is. */
final class BatchTarget {
  private static final int LONGEST = 16_384;

  private BatchTarget() {}

  /**
   * The target of an item.
   *
   * @param base the address the batch was sent to
   * @param version {@code v1.0} or {@code beta}, the batch's own
   * @throws GraphException 400 when it cannot be one, 414 when it is too long
   */
  static Request.Target of(String url, String base, String version) {
    if (url.length() > LONGEST) {
      throw new GraphException(ErrorCode.URI_TOO_LONG, "The url is too long.");
    }
    String relative = relative(url, base);
    if (relative.indexOf('#') >= 0) {
      throw bad("The url has a fragment; requests have none. Write # as %23.");
    }
    int mark = relative.indexOf('?');
    String path = versioned(mark < 0 ? relative : relative.substring(0, mark), version);
    List<String> segments = GraphPath.segments(path);
    if (segments.size() > 1 && segments.get(1).equalsIgnoreCase("$batch")) {
      throw bad("A batch cannot hold another batch; send its requests by themselves.");
    }
    Query query = mark < 0 ? Query.NONE : Query.parse(relative.substring(mark + 1));
    return new Request.Target(base, path, query, Map.of());
  }

  private static String relative(String url, String base) {
    if (url.regionMatches(true, 0, base + "/", 0, base.length() + 1)) {
      return url.substring(base.length());
    }
    int colon = url.indexOf(':');
    boolean absolute =
        url.startsWith("//")
            || (colon > 0 && url.substring(0, colon).chars().allMatch(Character::isLetter));
    if (absolute) {
      throw bad("The url is of another server than the batch. Write it relative to the version.");
    }
    return url.startsWith("/") ? url : "/" + url;
  }

  private static String versioned(String relative, String version) {
    int end = relative.indexOf('/', 1);
    String first = (end < 0 ? relative : relative.substring(0, end)).toLowerCase(Locale.ROOT);
    boolean names = first.equals("/v1.0") || first.equals("/beta");
    if (names && !first.equals("/" + version)) {
      throw bad(
          "The url is of another version than the batch, which was sent to /%s/$batch."
              .formatted(version));
    }
    return encoded(names ? relative : "/" + version + relative);
  }

  /** In JSON a URL may have blanks and letters of any script; in HTTP it has not. */
  private static String encoded(String path) {
    if (path.chars().allMatch(c -> c != ' ' && c < 0x7f)) {
      return path;
    }
    StringBuilder text = new StringBuilder(path.length() + 16);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c == ' ' || c >= 0x80) {
        text.append('%').append(String.format(Locale.ROOT, "%02X", c));
      } else {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  private static GraphException bad(String message) {
    return new GraphException(ErrorCode.BAD_REQUEST, message);
  }
}
