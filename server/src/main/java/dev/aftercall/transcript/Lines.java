package dev.aftercall.transcript;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, one at a time and never more of it in memory. A line ends with CRLF, LF
 * or CR (WebVTT, 4.1); a byte order mark at the start is no text.
 */
final class Lines {
  private static final int LONGEST = 64 * 1024;
  private static final int BUFFER = 2 * 1024;
  private static final int END = -1;
  private static final int UNREAD = -2;

  private final Reader text;
  private int next = UNREAD;
  private int number;
  private @Nullable String peeked;

  private Lines(Reader text) {
    this.text = text;
  }

  static Lines of(InputStream bytes) throws TranscriptFault, IOException {
    Lines lines =
        new Lines(
            new BufferedReader(
                new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), BUFFER));
    if (lines.character() == '\uFEFF') {
      lines.next = UNREAD;
    }
    return lines;
  }

  /** The number of the line last taken, from 1. */
  int number() {
    return number;
  }

  /** The next line, which stays; null at the end. */
  @Nullable String peek() throws TranscriptFault, IOException {
    if (peeked == null && character() != END) {
      StringBuilder line = new StringBuilder();
      for (int c = character(); c != END && c != '\n' && c != '\r'; c = character()) {
        line.append((char) c);
        if (line.length() > LONGEST) {
          throw TranscriptFault.at(number + 1, "longer than " + LONGEST + " characters.");
        }
        next = UNREAD;
      }
      int end = character();
      next = end == END ? END : UNREAD;
      if (end == '\r' && character() == '\n') {
        next = UNREAD;
      }
      peeked = checked(line.toString(), number + 1);
    }
    return peeked;
  }

  /** The character that comes next, which stays until {@link #next} is unread. */
  private int character() throws TranscriptFault, IOException {
    if (next == UNREAD) {
      try {
        next = text.read();
      } catch (CharacterCodingException e) {
        throw new TranscriptFault("The file is not UTF-8 text.");
      }
    }
    return next;
  }

  /** Takes the next line; null at the end. */
  @Nullable String take() throws TranscriptFault, IOException {
    String line = peek();
    if (line != null) {
      peeked = null;
      number++;
    }
    return line;
  }

  /** Passes over blank lines and says whether another line follows. */
  boolean skipBlank() throws TranscriptFault, IOException {
    for (String line = peek(); line != null; line = peek()) {
      if (!line.isBlank()) {
        return true;
      }
      take();
    }
    return false;
  }

  private static String checked(String line, int number) throws TranscriptFault {
    if (line.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      throw TranscriptFault.at(number, "a control character; this is no text.");
    }
    return line;
  }
}
