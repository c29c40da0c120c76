package dev.aftercall.transcript;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.aftercall.time.Ticks;
import java.util.Locale;

/** The forms in which Graph gives a transcript beside the file itself. */
public enum Rendition {
  /** Times and words; nobody's name. */
  UNATTRIBUTED("application/vnd.microsoft.graph.transcript+text") {
    @Override
    void write(StringBuilder out, Cue cue, String language, long started) {
      CueTimes.write(out, cue.startMillis(), cue.endMillis());
      out.append(" \n\n");
      String between = "";
      for (Cue.Span span : cue.spans()) {
        out.append(between).append(span.text());
        between = " ";
      }
      out.append(" \n\n");
    }
  },
  /** WebVTT whose cues are JSON: who said what when, and in which language. */
  METADATA("text/vtt") {
    @Override
    void begin(StringBuilder out) {
      out.append("WEBVTT\n");
    }

    @Override
    void write(StringBuilder out, Cue cue, String language, long started) {
      for (Cue.Span span : cue.spans()) {
        CueTimes.write(out.append('\n'), cue.startMillis(), cue.endMillis());
        out.append("\n{\"startDateTime\":\"");
        dateTime(out, started, cue.startMillis());
        out.append("\",\"endDateTime\":\"");
        dateTime(out, started, cue.endMillis());
        quoted(out.append("\",\"speakerName\":\""), span.speaker());
        quoted(out.append("\",\"spokenText\":\""), span.text());
        quoted(out.append("\",\"spokenLanguage\":\""), language(language, span));
        out.append("\"}\n");
      }
    }
  };

  private static final long TICKS_PER_MILLI = 10_000L;

  private final String mediaType;

  Rendition(String mediaType) {
    this.mediaType = mediaType;
  }

  /** What it is served as. */
  public String mediaType() {
    return mediaType;
  }

  /** What stands before the first cue. */
  void begin(StringBuilder out) {}

  /**
   * One cue.
   *
   * @param language of the file; empty when it says none
   * @param started ticks at which the call began, from which cues count
   */
  abstract void write(StringBuilder out, Cue cue, String language, long started);

  private static void dateTime(StringBuilder out, long started, long millis) {
    String utc = Ticks.format(started + millis * TICKS_PER_MILLI);
    out.append(utc, 0, utc.length() - 1).append("+00:00");
  }

  /** An arrow would end the cue, as a line of times; escaped, it is the same JSON. */
  private static void quoted(StringBuilder out, String text) {
    StringBuilder json = new StringBuilder();
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    out.append(json.toString().replace("-->", "--\\u003e"));
  }

  private static String language(String ofFile, Cue.Span span) {
    String said = span.language().isEmpty() ? ofFile : span.language();
    return said.isEmpty() ? "en-us" : said.toLowerCase(Locale.ROOT);
  }
}
