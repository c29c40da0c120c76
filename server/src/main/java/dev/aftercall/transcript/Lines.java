package dev.aftercall.transcript;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, one at a time. A line ends with CRLF, LF or CR (WebVTT, 4.1); a byte
 * order mark at the start is no text.
 */
final class Lines {
  private static final int LONGEST = 64 * 1024;

  private final String text;
  private int next;
  private int number;
  private @Nullable String peeked;

  private Lines(String text) {
    this.text = text;
  }

  static Lines of(byte[] bytes) throws TranscriptFault {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Lines(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw new TranscriptFault("The file is not UTF-8 text.");
    }
  }

  /** The number of the line last taken, from 1. */
  int number() {
    return number;
  }

  /** The next line, which stays; null at the end. */
  @Nullable String peek() throws TranscriptFault {
    if (peeked == null && next < text.length()) {
      int end = next;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      peeked = checked(text.substring(next, end), number + 1);
      boolean both = text.startsWith("\r\n", end);
      next = end + (both ? 2 : 1);
    }
    return peeked;
  }

  /** Takes the next line; null at the end. */
  @Nullable String take() throws TranscriptFault {
    String line = peek();
    if (line != null) {
      peeked = null;
      number++;
    }
    return line;
  }

  /** Passes over blank lines and says whether another line follows. */
  boolean skipBlank() throws TranscriptFault {
    for (String line = peek(); line != null; line = peek()) {
      if (!line.isBlank()) {
        return true;
      }
      take();
    }
    return false;
  }

  private static String checked(String line, int number) throws TranscriptFault {
    if (line.length() > LONGEST) {
      throw TranscriptFault.at(number, "longer than " + LONGEST + " characters.");
    }
    if (line.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      throw TranscriptFault.at(number, "a control character; this is no text.");
    }
    return line;
  }
}
