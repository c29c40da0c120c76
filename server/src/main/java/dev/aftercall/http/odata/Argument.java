package dev.aftercall.http.odata;

/**
 * One argument of a function call as written.
 *
 * @param position where its value begins within the parentheses
 */
record Argument(Kind kind, String text, int position) {
  /** How a value is written. */
  enum Kind {
    /** {@code 'text'}, without its quotes. */
    QUOTED,
    /** {@code @alias}, with its sign. */
    ALIAS,
    /** Anything else, as it stands. */
    BARE
  }

  /** What kiota's SDKs write: the name of an alias, in quotes. */
  boolean quotedAlias() {
    return kind == Kind.QUOTED && text.length() > 1 && text.startsWith("@");
  }

  /** Nothing at all, or {@code null}. */
  boolean absent() {
    return kind == Kind.BARE && (text.isEmpty() || text.equals("null"));
  }

  /** A literal as written. */
  static Argument of(String literal, int position) {
    String text = literal.strip();
    if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
      String inner = text.substring(1, text.length() - 1).replace("''", "'");
      return new Argument(Kind.QUOTED, inner, position);
    }
    return new Argument(text.startsWith("@") ? Kind.ALIAS : Kind.BARE, text, position);
  }
}
