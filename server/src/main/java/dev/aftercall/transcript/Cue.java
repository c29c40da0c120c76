package dev.aftercall.transcript;

import java.util.List;

/**
 * What was said within a stretch of time, counted from the start of the call.
 *
 * @param spans what each voice said, in order; empty for a cue without a word
 */
public record Cue(long startMillis, long endMillis, List<Span> spans) {
  /** Copies the list. */
  public Cue {
    spans = List.copyOf(spans);
  }

  /**
   * What one voice said, without tags.
   *
   * @param speaker empty when the file names nobody
   * @param language as the file tags it, empty when it does not
   */
  public record Span(String speaker, String language, String text) {}
}
