package dev.aftercall.media;

import java.io.IOException;

/** A walk over the boxes side by side in another one; it descends only where its user does. */
final class Boxes {
  private final PagedReader reader;
  private final long limit;
  private long at;

  private Boxes(PagedReader reader, long at, long limit) {
    this.reader = reader;
    this.at = at;
    this.limit = limit;
  }

  static Boxes in(PagedReader reader, Box parent) {
    return new Boxes(reader, parent.body(), parent.end());
  }

  /**
   * Whether another box follows. QuickTime may close a list with 32 bits of zero (QuickTime File
   * Format, user data), and fewer than 8 bytes are no box.
   */
  boolean more() throws IOException, ContainerFault {
    return limit - at >= 8 && reader.i32(at) != 0;
  }

  Box next() throws IOException, ContainerFault {
    Box box = Box.within(reader, at, limit);
    at = box.end();
    return box;
  }
}
