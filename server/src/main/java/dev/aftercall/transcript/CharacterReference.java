package dev.aftercall.transcript;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Character references as subtitles use them: the six of WebVTT, quotes, and numeric ones. */
final class CharacterReference {
  private static final int LONGEST = 10;
  private static final Map<String, String> NAMED =
      Map.of(
          "amp", "&", "lt", "<", "gt", ">", "nbsp", "\u00a0", "lrm", "\u200e", "rlm", "\u200f",
          "quot", "\"", "apos", "'");

  private CharacterReference() {}

  /**
   * Reads what stands at an ampersand, a reference or the ampersand itself.
   *
   * @return where to go on
   */
  static int read(String from, int at, StringBuilder into) {
    int end = from.indexOf(';', at);
    String meant = end < 0 || end - at > LONGEST ? null : meaning(from.substring(at + 1, end));
    into.append(meant == null ? "&" : meant);
    return meant == null ? at + 1 : end + 1;
  }

  private static @Nullable String meaning(String name) {
    String known = NAMED.get(name);
    if (known != null || !name.startsWith("#")) {
      return known;
    }
    try {
      boolean hex = name.startsWith("#x") || name.startsWith("#X");
      int point = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      boolean character =
          Character.isValidCodePoint(point)
              && !Character.isISOControl(point)
              && Character.getType(point) != Character.SURROGATE;
      return character ? Character.toString(point) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
