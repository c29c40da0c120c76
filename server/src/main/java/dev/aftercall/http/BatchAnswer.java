package dev.aftercall.http;

import java.util.Map;

/**
 * The answer to a batch, and whoever must hear whether it reached the client: the journal tells of
 * bytes that were delivered, not of bytes that were put together.
 */
record BatchAnswer(Answer.Whole whole, End end) implements Answer {
  /** Hears the end. */
  @FunctionalInterface
  interface End {
    /** The answer has left, or never will. */
    void over(boolean delivered);
  }

  @Override
  public int status() {
    return whole.status();
  }

  @Override
  public Map<String, String> headers() {
    return whole.headers();
  }

  BatchAnswer withHeaders(Map<String, String> all) {
    return new BatchAnswer(new Answer.Whole(whole.status(), all, whole.body()), end);
  }
}
