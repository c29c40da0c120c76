package dev.aftercall.http;

import dev.aftercall.gate.Gate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads opened content a piece at a time and holds nothing open in between: a client that takes its
 * answer slowly keeps neither a file nor a connection to the object store.
 */
final class PiecewiseReading extends InputStream {
  private static final int PIECE = 64 * 1024;

  private final Gate.OpenedContent opened;
  private InputStream piece = InputStream.nullInputStream();
  private long next;

  PiecewiseReading(Gate.OpenedContent opened) {
    this.opened = opened;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = piece.read(into, offset, length);
    long left = opened.content().size() - next;
    if (read >= 0 || left == 0) {
      return read;
    }
    int wanted = (int) Math.min(PIECE, left);
    try (InputStream in = opened.reader().read(next, wanted)) {
      byte[] bytes = in.readNBytes(wanted);
      if (bytes.length < wanted) {
        throw new IOException("The content ended " + (left - bytes.length) + " bytes early.");
      }
      piece = new ByteArrayInputStream(bytes);
    }
    next += wanted;
    return piece.read(into, offset, length);
  }
}
