package dev.aftercall.http.odata;

import dev.aftercall.http.GraphException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * An expression prepared for Olingo's tokenizer, which knows names, operators and functions in one
 * spelling alone and blanks only where the grammar demands them. Graph matches whatever the case,
 * {@code not(…)} included. Positions lead back to what the client wrote.
 */
final class ExpressionText {
  static final int LONGEST = 8_192;
  private static final int DEEPEST = 32;
  private static final int MOST_NODES = 100;
  private static final int MOST_ITEMS = 200;

  private static final Set<String> OPERATORS =
      Set.of("and", "or", "eq", "ne", "gt", "ge", "lt", "le", "in", "has");
  private static final Set<String> ARITHMETIC = Set.of("add", "sub", "mul", "div", "mod");
  private static final Set<String> SUFFIXES = Set.of("asc", "desc");
  private static final Set<String> WORDS = Set.of("null", "true", "false", "asc", "desc");

  private final String original;
  private final GraphModel model;
  private final StringBuilder text;
  private final int[] positions;
  private int at;
  private int depth;
  private int nodes;
  private int items;
  private boolean afterOperand;

  private ExpressionText(String original, GraphModel model) {
    this.original = original;
    this.model = model;
    this.text = new StringBuilder(original.length() + 16);
    // At most one blank is put in before and one behind each character.
    this.positions = new int[3 * original.length() + 1];
  }

  /**
   * Prepares an expression.
   *
   * @throws GraphException 400 when it is too long, too deep, or has what no expression has
   */
  static ExpressionText of(String original, GraphModel model) {
    if (original.length() > LONGEST) {
      throw SystemOptions.bad(
          "The expression has "
              + original.length()
              + " characters, more than the "
              + LONGEST
              + " that are read.");
    }
    ExpressionText prepared = new ExpressionText(original, model);
    prepared.scan();
    return prepared;
  }

  String text() {
    return text.toString();
  }

  String original() {
    return original;
  }

  /** Where in the client's text a position of ours lies. */
  int position(int prepared) {
    return prepared < text.length() ? positions[prepared] : original.length();
  }

  GraphException syntax(int position) {
    return SystemOptions.bad("Syntax error at position " + position + " in '" + original + "'.");
  }

  private void scan() {
    while (at < original.length()) {
      char c = original.charAt(at);
      if (c == ' ' || c == '\t') {
        blank();
      } else if (c == '\'') {
        literal(endOfString());
      } else if (isDigit(c) || ((c == '-' || c == '+') && isDigit(next()))) {
        literal(endOfRun(at + 1));
      } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
        word(endOfRun(at + 1));
      } else if ("(),/".indexOf(c) >= 0) {
        mark(c);
      } else {
        throw SystemOptions.bad(
            "Syntax error: character '"
                + c
                + "' is not valid at position "
                + at
                + " in '"
                + original
                + "'.");
      }
    }
    trimEnd();
    if (depth > 0) {
      throw SystemOptions.bad(
          "')' expected at position " + original.length() + " in '" + original + "'.");
    }
  }

  private char next() {
    return at + 1 < original.length() ? original.charAt(at + 1) : ' ';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void blank() {
    char before = last();
    if (before != '(' && before != ',' && text.length() > 0) {
      put(' ', at);
    }
    at++;
  }

  private void mark(char c) {
    if (c == '(') {
      depth++;
      if (depth > DEEPEST) {
        throw SystemOptions.bad(
            "The recursion limit of '"
                + DEEPEST
                + "' has been exceeded at position "
                + at
                + " of the expression.");
      }
    } else if (c == ')') {
      depth--;
      trimEnd();
      if (depth < 0) {
        throw syntax(at);
      }
    } else if (c == ',') {
      trimEnd();
      items++;
      limit(items, MOST_ITEMS, "list item");
    }
    afterOperand = false;
    put(c, at);
    at++;
  }

  private void literal(int end) {
    if (afterOperand) {
      throw syntax(at);
    }
    copy(end, original.substring(at, end));
    afterOperand = true;
  }

  private void word(int end) {
    String word = original.substring(at, end);
    String lower = word.toLowerCase(Locale.ROOT);
    boolean called = end < original.length() && original.charAt(end) == '(';
    if (OPERATORS.contains(lower) || ARITHMETIC.contains(lower) || lower.equals("not")) {
      nodes++;
      if (last() == ')') {
        put(' ', at);
      }
      copy(end, lower);
      if (called) {
        put(' ', end);
      }
      afterOperand = false;
    } else if (called) {
      nodes++;
      copy(end, lower);
      afterOperand = false;
    } else {
      boolean operand = !SUFFIXES.contains(lower);
      if (operand && afterOperand) {
        throw syntax(at);
      }
      copy(end, WORDS.contains(lower) ? lower : model.spelling(word));
      afterOperand = operand;
    }
    limit(nodes, MOST_NODES, "node count");
  }

  private void limit(int count, int most, String what) {
    if (count > most) {
      throw SystemOptions.bad(
          "The "
              + what
              + " limit of '"
              + most
              + "' has been exceeded at position "
              + at
              + " of the expression.");
    }
  }

  private int endOfString() {
    for (int i = at + 1; i < original.length(); i++) {
      if (original.charAt(i) == '\'') {
        if (i + 1 == original.length() || original.charAt(i + 1) != '\'') {
          return i + 1;
        }
        i++;
      }
    }
    throw SystemOptions.bad(
        "There is an unterminated string literal at position " + at + " in '" + original + "'.");
  }

  /** Names, numbers, GUIDs and date-times end where none of their characters follows. */
  private int endOfRun(int from) {
    int end = from;
    while (end < original.length()
        && (Character.isUnicodeIdentifierPart(original.charAt(end))
            || "-+:.".indexOf(original.charAt(end)) >= 0)
        && !Character.isISOControl(original.charAt(end))) {
      end++;
    }
    return end;
  }

  private void copy(int end, String spelled) {
    for (int i = 0; i < spelled.length(); i++) {
      put(spelled.charAt(i), at + i);
    }
    at = end;
  }

  private void put(char c, int position) {
    positions[text.length()] = position;
    text.append(c);
  }

  private char last() {
    return text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
  }

  private void trimEnd() {
    while (!text.isEmpty() && last() == ' ') {
      text.setLength(text.length() - 1);
    }
  }

  @Override
  public String toString() {
    return text + " " + Arrays.toString(Arrays.copyOf(positions, text.length()));
  }
}
