package dev.aftercall.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A WebVTT file, as far as a transcript needs it. Strict where a mistake would lose words or times;
 * settings, styles and regions are passed over.
 *
 * @param language what the header says, in lower case; empty when it says nothing
 * @see <a href="https://www.w3.org/TR/webvtt1/">WebVTT</a>
 */
public record WebVtt(String language, List<Cue> cues) {
  /** No call has so much to say; a hostile file must not take the memory. */
  public static final int LARGEST = 8 * 1024 * 1024;

  private static final int MOST_CUES = 100_000;
  private static final int MOST_SPANS = 100;
  private static final int MOST_TEXT = 256 * 1024;
  private static final String LANGUAGE = "language:";

  /** Copies the list. */
  public WebVtt {
    cues = List.copyOf(cues);
  }

  /** Milliseconds from the start of the call to the end of the last cue. */
  public long durationMillis() {
    return cues.stream().mapToLong(Cue::endMillis).max().orElse(0);
  }

  /**
   * Reads a file.
   *
   * @throws TranscriptFault with the line that is wrong
   */
  public static WebVtt parse(byte[] bytes) throws TranscriptFault {
    if (bytes.length > LARGEST) {
      throw new TranscriptFault("The file is larger than the " + LARGEST + " bytes allowed.");
    }
    Lines lines = Lines.of(bytes);
    String first = lines.take();
    if (first == null || !first.matches("WEBVTT([ \\t].*)?")) {
      throw TranscriptFault.at(1, "a WebVTT file begins with the line WEBVTT.");
    }
    String language = header(lines);
    List<Cue> cues = new ArrayList<>();
    while (lines.skipBlank()) {
      block(lines, cues);
    }
    return new WebVtt(language, cues);
  }

  private static String header(Lines lines) throws TranscriptFault {
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

  private static void block(Lines lines, List<Cue> cues) throws TranscriptFault {
    String first = taken(lines);
    String word = first.strip();
    boolean aside =
        first.matches("NOTE([ \\t].*)?") || word.equals("STYLE") || word.equals("REGION");
    if (aside) {
      for (String line = lines.peek(); line != null && !line.isEmpty(); line = lines.peek()) {
        lines.take();
      }
      return;
    }
    String times = first.contains(CueTimes.ARROW) || ends(lines.peek()) ? first : taken(lines);
    CueTimes when = CueTimes.parse(times, lines.number());
    if (cues.size() == MOST_CUES) {
      throw TranscriptFault.at(lines.number(), "more than " + MOST_CUES + " cues.");
    }
    Cue cue = new Cue(when.start(), when.end(), CueText.parse(payload(lines)));
    if (cue.spans().size() > MOST_SPANS) {
      throw TranscriptFault.at(
          lines.number(), "a cue in which more than " + MOST_SPANS + " speakers take turns.");
    }
    cues.add(cue);
  }

  private static boolean ends(@Nullable String line) {
    return line == null || line.isEmpty();
  }

  private static String taken(Lines lines) throws TranscriptFault {
    String line = lines.take();
    return line == null ? "" : line;
  }

  private static String payload(Lines lines) throws TranscriptFault {
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
