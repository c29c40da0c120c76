package dev.aftercall.transcript;

/**
 * Turns SubRip (.srt) into WebVTT: the same cues with the other's header, times and escapes. Tags
 * for italics, bold and underlining are the same in both; fonts and positions fall away.
 */
final class SubRip {
  private SubRip() {}

  /** Whether the file begins as SubRip does: a number alone, then a line of times. */
  static boolean looksLike(byte[] bytes) throws TranscriptFault {
    Lines lines = Lines.of(bytes);
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

  static String toWebVtt(byte[] bytes) throws TranscriptFault {
    Lines lines = Lines.of(bytes);
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

  private static String text(String line) {
    return line.replaceAll("\\{\\\\[^{}]{0,200}}|(?i)</?font[^<>]{0,500}>", "")
        .replaceAll("&(?!(amp|lt|gt|nbsp|lrm|rlm|quot|#\\d{1,7});)", "&amp;")
        .replaceAll("<(?!/?[ibu]>)", "&lt;")
        .replace(CueTimes.ARROW, "--&gt;");
  }
}
