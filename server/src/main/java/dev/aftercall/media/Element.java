package dev.aftercall.media;

import java.io.IOException;
import java.util.Locale;

/**
 * The head of one EBML element (RFC 8794, 4 to 6).
 *
 * @param body where its content begins
 * @param end the first byte behind it; {@link #UNKNOWN} when a live recorder could not say
 */
record Element(int id, long start, long body, long end) {
  static final long UNKNOWN = -1;

  /** Reads an element that may go on to the end of the file, and is cut off if it goes further. */
  static Element inFile(PagedReader reader, long at) throws IOException, ContainerFault {
    return read(reader, at, reader.size(), true);
  }

  /** Reads an element inside another one that ends at {@code limit}. */
  static Element within(PagedReader reader, long at, long limit)
      throws IOException, ContainerFault {
    return read(reader, at, limit, false);
  }

  private static Element read(PagedReader reader, long at, long limit, boolean open)
      throws IOException, ContainerFault {
    reader.visit(at);
    // The leading zeros of the first byte tell the length, of the id and of the size alike.
    int idLength = leadingZeros(reader.u8(at)) + 1;
    if (idLength > 4) {
      throw ContainerFault.malformed("something that is no EBML element", at);
    }
    int id = (int) number(reader, at, idLength);
    long sizeAt = at + idLength;
    int sizeLength = leadingZeros(reader.u8(sizeAt)) + 1;
    if (sizeLength > 8) {
      throw ContainerFault.malformed(named(id) + " with a size of more than eight bytes", at);
    }
    long body = sizeAt + sizeLength;
    long ones = (1L << (7 * sizeLength)) - 1;
    long length = number(reader, sizeAt, sizeLength) & ones;
    if (length == ones) {
      return new Element(id, at, body, UNKNOWN);
    }
    if (body > limit || length > limit - body) {
      throw open
          ? ContainerFault.truncated(named(id), at, MediaTime.plus(body, length), limit)
          : ContainerFault.malformed(named(id) + " larger than the element around it", at);
    }
    return new Element(id, at, body, body + length);
  }

  boolean open() {
    return end == UNKNOWN;
  }

  /** Refuses an unknown size where only segments and clusters may have one. */
  Element closed() throws ContainerFault {
    if (open()) {
      throw ContainerFault.malformed(named(id) + " of unknown size", start);
    }
    return this;
  }

  long unsigned(PagedReader reader) throws IOException, ContainerFault {
    int length = (int) (closed().end - body);
    if (end - body > 8) {
      throw ContainerFault.malformed(named(id) + " with more than eight bytes for a number", start);
    }
    long value = number(reader, body, length);
    return value < 0 ? Long.MAX_VALUE : value;
  }

  /** RFC 8794, 7.3: a float has four or eight bytes, or none for zero. */
  double floating(PagedReader reader) throws IOException, ContainerFault {
    return switch (Math.toIntExact(Math.min(closed().end - body, 9))) {
      case 0 -> 0;
      case 4 -> Float.intBitsToFloat(reader.i32(body));
      case 8 -> Double.longBitsToDouble(reader.i64(body));
      default -> throw ContainerFault.malformed(named(id) + " of no known float size", start);
    };
  }

  private static long number(PagedReader reader, long at, int length)
      throws IOException, ContainerFault {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | reader.u8(at + i);
    }
    return value;
  }

  private static int leadingZeros(int octet) {
    return Integer.numberOfLeadingZeros(octet) - 24;
  }

  private static String named(int id) {
    return "the element 0x" + Integer.toHexString(id).toUpperCase(Locale.ROOT);
  }
}
