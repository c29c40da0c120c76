package dev.aftercall.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that must end where it was announced to. */
final class ExpectedSize extends FilterInputStream {
  private final long size;
  private long at;

  ExpectedSize(InputStream in, long from, long size) {
    super(in);
    this.at = from;
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    if (read < 0 ? at != size : at + read > size) {
      throw Fetched.otherSize(size, read < 0 ? at : at + read);
    }
    at += Math.max(read, 0);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] dropped = new byte[Math.clamp(count, 0, 8_192)];
    return dropped.length == 0 ? 0 : Math.max(0, read(dropped, 0, dropped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
