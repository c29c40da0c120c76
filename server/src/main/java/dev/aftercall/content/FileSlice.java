package dev.aftercall.content;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A part of a file as a stream that gives exactly so many bytes, or says that it cannot. */
public final class FileSlice extends InputStream {
  private final Path file;
  private final FileChannel channel;
  private final long end;
  private long position;

  private FileSlice(Path file, FileChannel channel, long offset, long length) {
    this.file = file;
    this.channel = channel;
    this.position = offset;
    this.end = offset + length;
  }

  /**
   * Opens {@code length} bytes of {@code file} from {@code offset}; a link is not followed.
   *
   * @throws java.nio.file.NoSuchFileException when there is no such file
   * @throws EOFException when the file ends before the slice does
   */
  public static InputStream open(Path file, long offset, long length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset " + offset + ", length " + length);
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      long size = channel.size();
      if (offset > size || length > size - offset) {
        throw new EOFException(
            file + " has " + size + " bytes: cannot read " + length + " from " + offset);
      }
      return new FileSlice(file, channel, offset, length);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
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
    if (position == end) {
      return -1;
    }
    int wanted = (int) Math.min(length, end - position);
    int read = channel.read(ByteBuffer.wrap(target, from, wanted), position);
    if (read < 0) {
      throw new EOFException(file + " ended at " + position + " while it was read up to " + end);
    }
    position += read;
    return read;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.clamp(count, 0, end - position);
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - position);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
