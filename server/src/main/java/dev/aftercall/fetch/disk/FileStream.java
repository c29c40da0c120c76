package dev.aftercall.fetch.disk;

import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file up to where it ended when it was opened. */
final class FileStream extends InputStream {
  private final SeekableByteChannel file;
  private final String path;
  private final long size;
  private long at;

  FileStream(SeekableByteChannel file, String path, long at, long size) {
    this.file = file;
    this.path = path;
    this.at = at;
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == size) {
      return -1;
    }
    int read = file.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, size - at)));
    if (read < 0) {
      throw new FetchException(
          Kind.BROKEN,
          path
              + " became shorter while it was read: it ended after "
              + at
              + " of "
              + size
              + " bytes. It is tried again.");
    }
    at += read;
    return read;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
