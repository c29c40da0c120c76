package dev.aftercall.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a WebVTT file cue by cue, as far as a transcript needs it. Strict where a mistake would
 * lose words or times; settings, styles and regions are passed over. No more than one cue is in
 * memory.
 *
 * @see <a href="https://www.w3.org/TR/webvtt1/">WebVTT</a>
 */
public final class WebVtt {
  /** No call has so much to say. */
  public static final int LARGEST = 8 * 1024 * 1024;

  private static final int MOST_CUES = 100_000;
  private static final int MOST_SPANS = 100;
  private static final int MOST_TEXT = 256 * 1024;

  /** Each takes some 250 bytes more in the form with metadata than in the file. */
  private static final int MOST_SPANS_IN_ALL = 200_000;

  private static final String LANGUAGE = "language:";

  private final Lines lines;
  private final String language;
  private int cues;
  private int spans;

  private WebVtt(Lines lines, String language) {
    this.lines = lines;
    this.language = language;
  }

  /**
   * Reads the header.
   *
   * @param bytes at most {@link #LARGEST}; whoever has them sees to that
   * @throws TranscriptFault with the line that is wrong
   */
  public static WebVtt open(InputStream bytes) throws TranscriptFault, IOException {
    Lines lines = Lines.of(bytes);
    String first = lines.take();
    if (first == null || !first.matches("WEBVTT([ \\t].*)?")) {
      throw TranscriptFault.at(1, "a WebVTT file begins with the line WEBVTT.");
    }
    return new WebVtt(lines, header(lines));
  }

  /** What the header says, in lower case; empty when it says nothing. */
  public String language() {
    return language;
  }

  /**
   * The next cue, or null at the end.
   *
   * @throws TranscriptFault with the line that is wrong
   */
  public @Nullable Cue next() throws TranscriptFault, IOException {
    while (lines.skipBlank()) {
      Cue cue = block();
      if (cue != null) {
        return cue;
      }
    }
    return null;
  }

  private static String header(Lines lines) throws TranscriptFault, IOException {
    String language = "";
    for (String line = lines.peek();
        line != null && !line.isEmpty() && !line.contains(CueTimes.ARROW);
        line = lines.peek()) {
      lines.take();
      if (line.regionMatches(true, 0, LANGUAGE, 0, LANGUAGE.length())) {
        language = line.substring(LANGUAGE.length()).strip().toLowerCase(Locale.ROOT);
      }
    }
    return language;
  }

  /** Null for what is no cue. */
  private @Nullable Cue block() throws TranscriptFault, IOException {
    String first = taken(lines);
    String word = first.strip();
    boolean aside =
        first.matches("NOTE([ \\t].*)?") || word.equals("STYLE") || word.equals("REGION");
    if (aside) {
      for (String line = lines.peek(); line != null && !line.isEmpty(); line = lines.peek()) {
        lines.take();
      }
      return null;
    }
    String times = first.contains(CueTimes.ARROW) || ends(lines.peek()) ? first : taken(lines);
    CueTimes when = CueTimes.parse(times, lines.number());
    if (cues++ == MOST_CUES) {
      throw TranscriptFault.at(lines.number(), "more than " + MOST_CUES + " cues.");
    }
    Cue cue = new Cue(when.start(), when.end(), CueText.parse(payload(lines)));
    if (cue.spans().size() > MOST_SPANS) {
      throw TranscriptFault.at(
          lines.number(), "a cue in which more than " + MOST_SPANS + " speakers take turns.");
    }
    spans += cue.spans().size();
    if (spans > MOST_SPANS_IN_ALL) {
      throw TranscriptFault.at(
          lines.number(), "more than " + MOST_SPANS_IN_ALL + " turns of speakers in one file.");
    }
    return cue;
  }

  private static boolean ends(@Nullable String line) {
    return line == null || line.isEmpty();
  }

  private static String taken(Lines lines) throws TranscriptFault, IOException {
    String line = lines.take();
    return line == null ? "" : line;
  }

  private static String payload(Lines lines) throws TranscriptFault, IOException {
    StringBuilder payload = new StringBuilder();
    for (String line = lines.peek(); line != null && !line.isEmpty(); line = lines.peek()) {
      lines.take();
      if (line.contains(CueTimes.ARROW)) {
        throw TranscriptFault.at(
            lines.number(), "'-->' within a cue's text; is a blank line missing before it?");
      }
      payload.append(line).append('\n');
      if (payload.length() > MOST_TEXT) {
        throw TranscriptFault.at(lines.number(), "more text than one cue may have.");
      }
    }
    return payload.toString();
  }
}
