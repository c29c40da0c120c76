package dev.aftercall.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a {@code $filter} that is comparisons of paths with literals, joined by {@code and}: all
 * that Graph takes for finding a meeting. OData 4.01 ABNF, commonExpr, as far as that.
 */
final class Conjunction {
  private static final List<String> OPERATORS = List.of("eq", "ne", "gt", "ge", "lt", "le");
  private static final int LONGEST = 16_384;
  private static final int MOST = 20;

  private final String text;
  private int at;

  /**
   * One comparison.
   *
   * @param path lower case, for names match whatever the case
   * @param operator lower case
   * @param literal without quotes
   * @param quoted whether it was a string
   */
  record Comparison(String path, String operator, String literal, boolean quoted) {}

  private Conjunction(String text) {
    this.text = text;
  }

  /**
   * The comparisons, at least one.
   *
   * @throws GraphException 400 that says where
   */
  static List<Comparison> parse(String filter) {
    if (filter.length() > LONGEST || filter.chars().anyMatch(Character::isISOControl)) {
      throw new GraphException(
          ErrorCode.BAD_REQUEST,
          "Invalid filter clause: at most 16384 characters, and no control character.");
    }
    return new Conjunction(filter).all();
  }

  private List<Comparison> all() {
    List<Comparison> comparisons = new ArrayList<>();
    do {
      if (comparisons.size() == MOST) {
        throw wrong("at most " + MOST + " comparisons are taken");
      }
      comparisons.add(comparison());
      blanks();
    } while (conjunction());
    return comparisons;
  }

  private boolean conjunction() {
    if (at == text.length()) {
      return false;
    }
    int start = at;
    if (!word().equalsIgnoreCase("and")) {
      at = start;
      throw wrong("'and' or the end is expected");
    }
    return true;
  }

  private Comparison comparison() {
    blanks();
    String path = word();
    if (path.isEmpty()) {
      throw wrong("a property is expected");
    }
    blanks();
    int start = at;
    String operator = word().toLowerCase(Locale.ROOT);
    if (!OPERATORS.contains(operator)) {
      at = start;
      throw wrong("one of " + String.join(", ", OPERATORS) + " is expected");
    }
    blanks();
    boolean quoted = at < text.length() && text.charAt(at) == '\'';
    String literal = quoted ? string() : bare();
    return new Comparison(path.toLowerCase(Locale.ROOT), operator, literal, quoted);
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    int start = at;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\'') {
        string.append(c);
      } else if (i + 1 < text.length() && text.charAt(i + 1) == '\'') {
        string.append('\'');
        i++;
      } else {
        at = i + 1;
        return string.toString();
      }
    }
    at = start;
    throw wrong("the string that begins here has no end");
  }

  private String bare() {
    int start = at;
    while (at < text.length() && text.charAt(at) != ' ') {
      at++;
    }
    if (at == start) {
      throw wrong("a literal is expected");
    }
    return text.substring(start, at);
  }

  /** Letters, digits, and what joins names to a path. */
  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "/_.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(start, at);
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private GraphException wrong(String what) {
    return new GraphException(
        ErrorCode.BAD_REQUEST, "Invalid filter clause: " + what + " at position " + at + ".");
  }
}
