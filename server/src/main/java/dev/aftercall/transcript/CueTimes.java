package dev.aftercall.transcript;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line of a cue's times: {@code 00:00:01.500 --> 00:00:04.000}, settings behind. Hours may be
 * left out, and digits too: Microsoft's own documentation shows {@code 0:0:0.0 --> 0:0:5.320}.
 */
record CueTimes(long start, long end) {
  static final String ARROW = "-->";

  private static final String TIME = "(?:(\\d{1,3}):)?([0-5]?\\d):([0-5]?\\d)[.,](\\d{1,3})";
  private static final Pattern LINE =
      Pattern.compile("\\s*" + TIME + "\\s*-->\\s*" + TIME + "(?:\\s.*)?");

  static CueTimes parse(String line, int number) throws TranscriptFault {
    Matcher times = LINE.matcher(line);
    if (!times.matches()) {
      throw TranscriptFault.at(
          number,
          "no times such as '00:00:01.000 --> 00:00:02.500', but '" + shortened(line) + "'.");
    }
    CueTimes found = new CueTimes(millis(times, 1), millis(times, 5));
    if (found.end < found.start) {
      throw TranscriptFault.at(number, "the cue ends before it starts.");
    }
    return found;
  }

  private static long millis(Matcher times, int group) {
    String hours = times.group(group);
    String fraction = (times.group(group + 3) + "00").substring(0, 3);
    long seconds =
        (hours == null ? 0 : Long.parseLong(hours)) * 3_600
            + Long.parseLong(times.group(group + 1)) * 60
            + Long.parseLong(times.group(group + 2));
    return seconds * 1_000 + Long.parseLong(fraction);
  }

  static String shortened(String line) {
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }

  /** One time as {@code 00:00:01.500}. */
  static void write(StringBuilder out, long millis) {
    padded(out, millis / 3_600_000, 2);
    padded(out.append(':'), millis / 60_000 % 60, 2);
    padded(out.append(':'), millis / 1_000 % 60, 2);
    padded(out.append('.'), millis % 1_000, 3);
  }

  /** Both times with the arrow between. */
  static void write(StringBuilder out, long start, long end) {
    write(out, start);
    write(out.append(' ').append(ARROW).append(' '), end);
  }

  private static void padded(StringBuilder out, long number, int digits) {
    String text = Long.toString(number);
    out.repeat('0', Math.max(0, digits - text.length())).append(text);
  }
}
