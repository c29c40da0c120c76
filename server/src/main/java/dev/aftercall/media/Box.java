package dev.aftercall.media;

import java.io.IOException;

/**
 * The header of one box (ISO/IEC 14496-12, 4.2).
 *
 * @param type four characters
 * @param body where its content begins, behind the header
 * @param end the first byte behind it
 */
record Box(String type, long start, long body, long end) {
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;
  private static final int USER_TYPE = 16;

  /** Reads the header of a box that only the file itself holds. */
  static Box atTop(PagedReader reader, long at) throws IOException, ContainerFault {
    return read(reader, at, reader.size(), true);
  }

  /** Reads the header of a box inside another one that ends at {@code limit}. */
  static Box within(PagedReader reader, long at, long limit) throws IOException, ContainerFault {
    return read(reader, at, limit, false);
  }

  /** Every box ends behind its start, so a walk from end to end comes to its own end. */
  private static Box read(PagedReader reader, long at, long limit, boolean top)
      throws IOException, ContainerFault {
    reader.visit(at);
    if (limit - at < HEADER) {
      throw overrun(top, "a box header", at, at + HEADER, limit);
    }
    long length = reader.u32(at);
    String type = reader.text(at + 4, 4);
    long body = at + HEADER;
    if (length == 1) {
      if (limit - at < LARGE_HEADER) {
        throw overrun(top, named(type), at, at + LARGE_HEADER, limit);
      }
      length = reader.i64(body);
      body = at + LARGE_HEADER;
    } else if (length == 0) {
      length = limit - at; // the last box: it extends to the end
    }
    if (type.equals("uuid")) {
      body += USER_TYPE;
    }
    // A negative length is an unsigned one above 2^63.
    if (length >= 0 && length < body - at) {
      throw ContainerFault.malformed(named(type) + " of " + length + " bytes", at);
    }
    if (length < 0 || length > limit - at) {
      throw overrun(top, named(type), at, length < 0 ? -1 : MediaTime.plus(at, length), limit);
    }
    return new Box(type, at, body, at + length);
  }

  /** Four printable characters; QuickTime also begins some with the sign ©. */
  boolean plausible() {
    return type.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == 0xa9);
  }

  /** Refuses a box too short for the fields it must have. */
  Box atLeast(long bytes) throws ContainerFault {
    if (end - body < bytes) {
      throw ContainerFault.malformed(named(type) + " without all its fields", start);
    }
    return this;
  }

  private static ContainerFault overrun(boolean top, String what, long at, long end, long limit) {
    return top
        ? ContainerFault.truncated(what, at, end, limit)
        : ContainerFault.malformed(what + " larger than the box around it", at);
  }

  private static String named(String type) {
    var printable = new StringBuilder("the box '");
    type.chars().forEach(c -> printable.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
    return printable.append('\'').toString();
  }
}
