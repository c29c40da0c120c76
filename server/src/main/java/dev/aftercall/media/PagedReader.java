package dev.aftercall.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Big-endian numbers anywhere in a file, through one small page.
 *
 * <p>The only way from a probe to the file, and therefore the place of the bounds: it allocates
 * nothing but its page and short strings, and counts what it reads.
 */
final class PagedReader {
  private static final int LONGEST_TEXT = 64;

  private final SeekableByteChannel file;
  private final Limits limits;
  private final ByteBuffer page;
  private final long size;
  private long pageStart;
  private long bytesRead;
  private int elements;

  PagedReader(SeekableByteChannel file, Limits limits) throws IOException {
    this.file = file;
    this.limits = limits;
    this.size = file.size();
    this.page = ByteBuffer.allocate(limits.pageBytes()).limit(0);
  }

  long size() {
    return size;
  }

  Limits limits() {
    return limits;
  }

  /** Counts one box or element, so that a file of a billion tiny ones ends. */
  void visit(long offset) throws ContainerFault {
    if (++elements > limits.elements()) {
      throw ContainerFault.tooMuch("more than " + limits.elements() + " boxes or elements", offset);
    }
  }

  int u8(long at) throws IOException, ContainerFault {
    return page.get(fetch(at, 1)) & 0xff;
  }

  int u16(long at) throws IOException, ContainerFault {
    return page.getShort(fetch(at, 2)) & 0xffff;
  }

  int i32(long at) throws IOException, ContainerFault {
    return page.getInt(fetch(at, 4));
  }

  long u32(long at) throws IOException, ContainerFault {
    return i32(at) & 0xffff_ffffL;
  }

  long i64(long at) throws IOException, ContainerFault {
    return page.getLong(fetch(at, 8));
  }

  /** At most 64 characters; more is cut. */
  String text(long at, long length) throws IOException, ContainerFault {
    var bytes = new byte[(int) Math.min(length, LONGEST_TEXT)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = page.get(fetch(at + i, 1));
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Index into the page of {@code count} bytes that start at {@code at}. */
  private int fetch(long at, int count) throws IOException, ContainerFault {
    if (at < pageStart || count > pageStart + page.limit() - at) {
      if (at < 0 || at > size - count) {
        throw ContainerFault.truncated("what is read", at, -1, size);
      }
      load(at);
    }
    return (int) (at - pageStart);
  }

  private void load(long at) throws IOException, ContainerFault {
    int wanted = (int) Math.min(page.capacity(), size - at);
    bytesRead += wanted;
    if (bytesRead > limits.bytes()) {
      throw ContainerFault.tooMuch("more than " + limits.bytes() + " bytes of headers", at);
    }
    page.clear().limit(wanted);
    try {
      file.position(at);
      while (page.hasRemaining()) {
        if (file.read(page) <= 0) {
          throw new EOFException(
              "The file became shorter than " + size + " bytes during the probe");
        }
      }
    } finally {
      // An unfinished page must never be taken for a read one.
      page.limit(page.hasRemaining() ? 0 : wanted);
    }
    pageStart = at;
  }
}
