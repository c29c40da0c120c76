package dev.aftercall.repair;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a program said last: of a damaged file it may say more than there is room for. */
final class LastLines implements Runnable {
  private static final int KEPT = 2_048;
  private static final int LINES = 3;
  private static final int LONGEST = 200;

  private final InputStream errors;
  private final byte[] ring = new byte[KEPT];
  private long count;

  LastLines(InputStream errors) {
    this.errors = errors;
  }

  @Override
  public void run() {
    byte[] piece = new byte[KEPT];
    try {
      for (int read = errors.read(piece); read >= 0; read = errors.read(piece)) {
        keep(piece, read);
      }
    } catch (IOException e) {
      // It was killed, and has said what it had to.
    }
  }

  private synchronized void keep(byte[] piece, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (count++ % KEPT)] = piece[i];
    }
  }

  /** The last lines, as they may stand in a message; empty if there were none. */
  synchronized String said() {
    int length = (int) Math.min(count, KEPT);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = ring[(int) ((count - length + i) % KEPT)];
    }
    String[] lines = new String(text, StandardCharsets.UTF_8).strip().split("[\\r\\n]+", -1);
    StringBuilder said = new StringBuilder();
    for (int i = Math.max(0, lines.length - LINES); i < lines.length; i++) {
      String line = lines[i].replaceAll("[^\\x20-\\x7e]", "?").strip();
      if (!line.isEmpty()) {
        said.append(said.isEmpty() ? ": " : "; ");
        said.append(line, 0, Math.min(LONGEST, line.length()));
      }
    }
    return said.toString();
  }
}
