package dev.aftercall.transcript;

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
  private static final int BUFFER = 4 * 1024;
  private static final int END = -1;

  private final Reader text;
  private final char[] buffer = new char[BUFFER];
  private int at;
  private int filled;
  private int number;
  private @Nullable String peeked;

  private Lines(Reader text) {
    this.text = text;
  }

  static Lines of(InputStream bytes) throws TranscriptFault, IOException {
    Lines lines = new Lines(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
    if (lines.character() == '\uFEFF') {
      lines.at++;
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
      int c = character();
      for (; c != END && c != '\n' && c != '\r'; c = character()) {
        if (c != '\t' && Character.isISOControl(c)) {
          throw TranscriptFault.at(number + 1, "a control character; this is no text.");
        }
        line.append((char) c);
        if (line.length() > LONGEST) {
          throw TranscriptFault.at(number + 1, "longer than " + LONGEST + " characters.");
        }
        at++;
      }
      at += c == END ? 0 : 1;
      if (c == '\r' && character() == '\n') {
        at++;
      }
      peeked = line.toString();
    }
    return peeked;
  }

  /** The character at {@link #at}, which stays until that moves on. */
  private int character() throws TranscriptFault, IOException {
    if (at == filled) {
      try {
        filled = Math.max(0, text.read(buffer, 0, BUFFER));
        at = 0;
      } catch (CharacterCodingException e) {
        throw new TranscriptFault("The file is not UTF-8 text.");
      }
    }
    return filled == 0 ? END : buffer[at];
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
}
