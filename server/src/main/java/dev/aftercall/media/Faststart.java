package dev.aftercall.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Puts the movie box of an MP4 in front of its media data, so that a player can begin before it
 * holds the whole file. Nothing is encoded anew: bytes move, and the tables that say where chunks
 * lie (ISO/IEC 14496-12, 8.7.5) are told so.
 *
 * <p>What is not understood completely is not touched: every chunk must begin in media data of the
 * file itself, and no other box may know offsets of the file. Memory is bounded whatever the size.
 */
public final class Faststart {
  /** Tables may be long: read in large pages, within an end. */
  private static final Limits LIMITS = new Limits(64 << 10, 1L << 30, 200_000, 0, 0);

  /** The largest offset that a table of 32 bits can hold. */
  private static final long NARROW = 0xffff_ffffL;

  private static final int BUFFER = 64 << 10;

  private Faststart() {}

  /** What became of a file. */
  public enum Outcome {
    /** The other file was written. */
    REWRITTEN,
    /** It begins with its movie box, or is fragmented: nothing was written. */
    NOT_NEEDED,
    /** It holds what could break by being moved, or is no whole MP4: nothing was written. */
    UNUSUAL
  }

  /**
   * Rewrites a file, unless there is nothing to do or something that is not understood.
   *
   * @param to must not exist; it does not afterwards either unless it was written. It is not forced
   *     to disk
   * @throws IOException when reading or writing fails, never because of what the file holds
   */
  public static Outcome rewrite(Path from, Path to) throws IOException {
    return rewrite(from, to, NARROW);
  }

  /** The same, as if tables could hold less: nobody wants a test to write 4 GiB. */
  static Outcome rewrite(Path from, Path to, long narrow) throws IOException {
    try (FileChannel in = FileChannel.open(from)) {
      PagedReader reader = new PagedReader(in, LIMITS);
      try {
        if (!Mp4File.claims(reader)) {
          return Outcome.UNUSUAL;
        }
        Mp4Layout layout = Mp4Layout.read(reader);
        if (layout.startsFast()) {
          return Outcome.NOT_NEEDED;
        }
        MovedMovie movie = MovedMovie.plan(reader, layout, narrow);
        write(in, reader, layout, movie, to);
        return Outcome.REWRITTEN;
      } catch (ContainerFault fault) {
        return Outcome.UNUSUAL;
      }
    }
  }

  private static void write(
      FileChannel in, PagedReader reader, Mp4Layout layout, MovedMovie movie, Path to)
      throws IOException, ContainerFault {
    boolean whole = false;
    try (FileChannel out =
        FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      try {
        copy(in, 0, layout.type().end(), out);
        movie.write(reader, new Sink(in, out));
        copy(in, layout.type().end(), layout.movie().start(), out);
        copy(in, layout.movie().end(), reader.size(), out);
        whole = out.position() == reader.size() - layout.movieSize() + movie.size();
        if (!whole) {
          throw new IOException("The rewritten file has another size than was planned");
        }
      } finally {
        if (!whole) {
          Files.delete(to);
        }
      }
    }
  }

  /** By the kernel, which may share the blocks instead of copying them. */
  private static void copy(FileChannel in, long from, long to, FileChannel out) throws IOException {
    for (long at = from; at < to; ) {
      long copied = in.transferTo(at, to - at, out);
      if (copied <= 0) {
        throw new EOFException("The file became shorter than " + to + " bytes meanwhile");
      }
      at += copied;
    }
  }

  /** Small pieces, gathered; large ones past the buffer. */
  static final class Sink {
    private final FileChannel in;
    private final FileChannel out;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    private Sink(FileChannel in, FileChannel out) {
      this.in = in;
      this.out = out;
    }

    void u32(long value) throws IOException {
      room(4).putInt((int) value);
    }

    void i64(long value) throws IOException {
      room(8).putLong(value);
    }

    /** As it stands in the file that is read. */
    void copy(long from, long to) throws IOException {
      flush();
      Faststart.copy(in, from, to, out);
    }

    void flush() throws IOException {
      buffer.flip();
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      buffer.clear();
    }

    private ByteBuffer room(int bytes) throws IOException {
      if (buffer.remaining() < bytes) {
        flush();
      }
      return buffer;
    }
  }
}
