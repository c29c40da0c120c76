package dev.aftercall.content.s3;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;

/** The body of a ranged GET; closed early, it drops the connection instead of reading the rest. */
final class RangeStream extends FilterInputStream {
  private final ResponseInputStream<?> body;
  private long left;

  RangeStream(ResponseInputStream<?> body, long length) {
    super(body);
    this.body = body;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int read = super.read(target, from, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("S3 ended its answer " + left + " bytes early");
    }
    left -= read;
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(Math.clamp(count, 0, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    if (left > 0) {
      body.abort();
    }
    super.close();
  }
}
