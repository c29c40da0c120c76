package dev.aftercall.fetch.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a tar archive, and where in it: ustar (POSIX.1-1988), pax (POSIX.1-2001) and GNU's
 * long names. Nothing is unpacked, names are names and no paths, links lead nowhere. Of whatever
 * size, it is walked over in bounded memory.
 */
public final class Tar {
  private static final int BLOCK = 512;
  private static final int MOST = 20_000;
  private static final int LONGEST_EXTENSION = 64 << 10;

  private final SeekableByteChannel file;
  private final List<Member> members = new ArrayList<>();
  private @Nullable String longName;
  private @Nullable Long longSize;

  /**
   * One file in it.
   *
   * @param name without {@code ./} in front
   * @param offset of its bytes in the archive
   */
  public record Member(String name, long offset, long size) {}

  private Tar(SeekableByteChannel file) {
    this.file = file;
  }

  /**
   * The ordinary files of an archive, in their order; folders, links and devices are passed over.
   *
   * @throws IllegalArgumentException where it is no tar archive, or not a whole one
   */
  public static List<Member> members(SeekableByteChannel file) throws IOException {
    Tar tar = new Tar(file);
    long at = 0;
    int headers = 0;
    while (true) {
      byte[] header = tar.read(at, BLOCK);
      if (empty(header)) {
        return tar.members;
      }
      if (++headers > MOST) {
        throw new IllegalArgumentException("the archive has more than " + MOST + " members");
      }
      at = tar.member(header, at + BLOCK);
    }
  }

  /** Takes note of a member. Returns where the next one begins. */
  private long member(byte[] header, long at) throws IOException {
    check(header);
    char type = (char) header[156];
    boolean extension = type == 'x' || type == 'g' || type == 'L' || type == 'K';
    long size = longSize != null && !extension ? longSize : number(header, 124, 12);
    if (size < 0 || size > file.size() - at) {
      throw new IllegalArgumentException("the archive ends before its members do");
    }
    if (extension) {
      extension(type, at, size);
    } else {
      if (type == '0' || type == '\0' || type == '7') {
        String name = longName != null ? longName : name(header);
        if (!name.endsWith("/")) {
          members.add(new Member(name.startsWith("./") ? name.substring(2) : name, at, size));
        }
      }
      longName = null;
      longSize = null;
    }
    return at + (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private void extension(char type, long at, long size) throws IOException {
    if (type == 'g' || type == 'K') {
      return; // of all members, and where a link leads to: neither is looked at
    }
    if (size > LONGEST_EXTENSION) {
      throw new IllegalArgumentException("a name in the archive is too long");
    }
    byte[] bytes = read(at, (int) size);
    if (type == 'L') {
      longName = text(bytes, 0, bytes.length);
      return;
    }
    // Records of the form "length key=value\n", the length in bytes and of the whole record.
    for (int start = 0; start < bytes.length; ) {
      int space = start;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      int length =
          (int) decimal(new String(bytes, start, space - start, StandardCharsets.US_ASCII));
      int end = start + length;
      if (length <= space - start + 1 || end > bytes.length) {
        throw new IllegalArgumentException("an extended header of the archive is broken");
      }
      String record = new String(bytes, space + 1, end - space - 2, StandardCharsets.UTF_8);
      if (record.startsWith("path=")) {
        longName = record.substring(5);
      } else if (record.startsWith("size=")) {
        longSize = decimal(record.substring(5));
      } else if (record.startsWith("GNU.sparse.")) {
        throw new IllegalArgumentException("the archive holds a sparse file; pack it without -S");
      }
      start = end;
    }
  }

  private static long decimal(String digits) {
    if (!digits.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("an extended header of the archive is broken");
    }
    return Long.parseLong(digits);
  }

  private static String name(byte[] header) {
    String name = text(header, 0, 100);
    boolean ustar = text(header, 257, 5).equals("ustar") && header[262] == 0;
    String prefix = ustar ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  /** Octal digits, or where the first bit is set, a binary number (GNU). */
  private static long number(byte[] header, int from, int length) {
    if ((header[from] & 0x80) != 0) {
      long value = header[from] & 0x7f;
      for (int i = from + 1; i < from + length; i++) {
        if (value >= 1L << 54) {
          return -1;
        }
        value = (value << 8) | (header[i] & 0xff);
      }
      return value;
    }
    String digits = text(header, from, length).strip();
    if (!digits.matches("[0-7]{0,12}")) {
      throw new IllegalArgumentException("it is no tar archive");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  /** The sum of all bytes, with blanks for the sum itself. */
  private static void check(byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != number(header, 148, 8)) {
      throw new IllegalArgumentException("it is no tar archive, or a broken one");
    }
  }

  private static boolean empty(byte[] header) {
    return Arrays.equals(header, new byte[BLOCK]);
  }

  private byte[] read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    file.position(at);
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {
      // until it is full
    }
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException(
          at == 0 ? "it is no tar archive" : "the archive ends before its members do");
    }
    return bytes.array();
  }
}
