package dev.aftercall.http.odata;

import org.apache.olingo.server.core.uri.parser.UriTokenizer;

/** Olingo's tokenizer, which keeps its place to itself, with the place told. */
final class TrackedTokens extends UriTokenizer {
  private final int length;
  private int at;
  private int saved;
  private int start;

  TrackedTokens(String text) {
    super(text);
    this.length = text.length();
  }

  @Override
  public boolean next(TokenKind kind) {
    boolean found = super.next(kind);
    if (found) {
      start = at;
      at += getText().length();
    }
    return found;
  }

  @Override
  public void saveState() {
    super.saveState();
    saved = at;
  }

  @Override
  public void returnToSavedState() {
    super.returnToSavedState();
    at = saved;
  }

  /** Behind the last token that was understood. */
  int at() {
    return at;
  }

  /** Where the last token that was understood begins. */
  int start() {
    return start;
  }

  boolean atEnd() {
    return at >= length;
  }
}
