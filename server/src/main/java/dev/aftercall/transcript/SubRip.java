package dev.aftercall.transcript;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Turns SubRip (.srt) into WebVTT: the same cues with the other's header, times and escapes. Tags
 * for italics, bold and underlining are the same in both; fonts and positions fall away.
 */
final class SubRip {
  private static final Pattern FALLS_AWAY =
      Pattern.compile("\\{\\\\[^{}]{0,200}}|</?font[^<>]{0,500}>", Pattern.CASE_INSENSITIVE);

  private SubRip() {}

  /** Whether the file begins as SubRip does: a number alone, then a line of times. */
  static boolean looksLike(byte[] bytes) throws TranscriptFault, IOException {
    Lines lines = Lines.of(new ByteArrayInputStream(bytes));
    if (!lines.skipBlank()) {
      return false;
    }
    String number = lines.take();
    String times = lines.take();
    return number != null
        && number.strip().matches("\\d{1,9}")
        && times != null
        && times.contains(CueTimes.ARROW);
  }

  static String toWebVtt(byte[] bytes) throws TranscriptFault, IOException {
    Lines lines = Lines.of(new ByteArrayInputStream(bytes));
    StringBuilder out = new StringBuilder(bytes.length + 64).append("WEBVTT\n");
    while (lines.skipBlank()) {
      String number = lines.take();
      if (number == null || !number.strip().matches("\\d{1,9}")) {
        throw TranscriptFault.at(lines.number(), "a SubRip cue begins with its number.");
      }
      String times = lines.take();
      CueTimes when = CueTimes.parse(times == null ? "" : times, lines.number());
      CueTimes.write(out.append('\n'), when.start(), when.end());
      out.append('\n');
      for (String line = lines.peek(); line != null && !line.isBlank(); line = lines.peek()) {
        lines.take();
        out.append(text(line)).append('\n');
      }
    }
    return out.toString();
  }

  /** Looks at every character a few times, whatever they are. */
  static String text(CharSequence line) {
    return FALLS_AWAY
        .matcher(line)
        .replaceAll("")
        .replaceAll("&(?!(amp|lt|gt|nbsp|lrm|rlm|quot|#\\d{1,7});)", "&amp;")
        .replaceAll("<(?!/?[ibu]>)", "&lt;")
        .replace(CueTimes.ARROW, "--&gt;");
  }
}
