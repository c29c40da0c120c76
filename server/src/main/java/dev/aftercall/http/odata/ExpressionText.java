package dev.aftercall.http.odata;

import dev.aftercall.http.GraphException;
import java.util.ArrayList;
import java.util.List;
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
  private static final int NOWHERE = -1;

  private static final Set<String> OPERATORS =
      Set.of(
          "and", "or", "not", "eq", "ne", "gt", "ge", "lt", "le", "in", "has", "add", "sub", "mul",
          "div", "mod");
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
  private boolean afterIn;
  private int inDepth = NOWHERE;
  private int index;
  private boolean there;
  private boolean comma;
  private final List<List<Integer>> nullItems = new ArrayList<>();

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
    return SystemOptions.bad(
        "Syntax error at position " + position + " in '" + original + "'." + hint());
  }

  /** What may be meant, with a blank before it; or nothing. */
  String hint() {
    return Hints.of(original);
  }

  /**
   * Where {@code null} stood in the lists of {@code in}: list by list as written, the places in
   * rising order. The prepared text goes without, since Olingo takes no null there.
   */
  List<List<Integer>> nullItems() {
    return nullItems;
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
    switch (c) {
      case '(' -> open();
      case ')' -> close();
      case ',' -> separate();
      default -> put(c, at);
    }
    afterOperand = false;
    afterIn = false;
    at++;
  }

  private void open() {
    item();
    depth++;
    if (depth > DEEPEST) {
      throw SystemOptions.bad(
          "The recursion limit of '"
              + DEEPEST
              + "' has been exceeded at position "
              + at
              + " of the expression.");
    }
    if (afterIn) {
      nullItems.add(new ArrayList<>());
      inDepth = depth;
      index = 0;
      there = false;
      comma = false;
    }
    put('(', at);
  }

  private void close() {
    trimEnd();
    if (depth == 0 || (depth == inDepth && !there && index > 0)) {
      throw syntax(at);
    }
    if (depth == inDepth) {
      inDepth = NOWHERE;
    }
    depth--;
    put(')', at);
  }

  private void separate() {
    trimEnd();
    items++;
    limit(items, MOST_ITEMS, "list item");
    if (depth != inDepth) {
      put(',', at);
    } else if (there) {
      index++;
      there = false;
    } else {
      throw syntax(at);
    }
  }

  /** Something begins; in a list, the comma that was held back may be due. */
  private void item() {
    if (depth == inDepth && !there) {
      if (comma) {
        put(',', at);
      }
      there = true;
      comma = true;
    }
  }

  private void literal(int end) {
    if (afterOperand) {
      throw syntax(at);
    }
    item();
    copy(end, original.substring(at, end));
    afterOperand = true;
    afterIn = false;
  }

  private void word(int end) {
    String lower = original.substring(at, end).toLowerCase(Locale.ROOT);
    boolean called = end < original.length() && original.charAt(end) == '(';
    if (OPERATORS.contains(lower)) {
      operator(end, lower, called);
    } else if (depth == inDepth && !there && lower.equals("null")) {
      nullItems.getLast().add(index);
      there = true;
      at = end;
      afterOperand = true;
    } else {
      if (afterOperand && !SUFFIXES.contains(lower)) {
        throw syntax(at);
      }
      item();
      nodes += called ? 1 : 0;
      boolean known = called || WORDS.contains(lower);
      copy(end, known ? lower : model.spelling(original.substring(at, end)));
      afterOperand = !called && !SUFFIXES.contains(lower);
      afterIn = false;
    }
    limit(nodes, MOST_NODES, "node count");
  }

  private void operator(int end, String operator, boolean called) {
    if (depth == inDepth) {
      throw syntax(at);
    }
    nodes++;
    if (last() == ')') {
      put(' ', at);
    }
    copy(end, operator);
    if (called) {
      put(' ', end);
    }
    afterOperand = false;
    afterIn = operator.equals("in");
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
}
