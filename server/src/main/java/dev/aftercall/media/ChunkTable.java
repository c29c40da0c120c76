package dev.aftercall.media;

import java.io.IOException;
import java.util.List;

/**
 * One table of chunk offsets.
 *
 * @param box 'stco' or 'co64'
 * @param around the boxes around it, from 'trak' inward
 * @param before the largest offset in front of the movie box, or -1
 * @param behind the largest offset behind it, or -1
 */
record ChunkTable(Box box, List<Box> around, boolean wide, long count, long before, long behind) {
  /** Size, type, version and flags, count. */
  private static final int HEAD = 16;

  /** Reads all of a table once; refuses one that leads anywhere but into media data. */
  static ChunkTable read(PagedReader reader, Mp4Layout layout, Box box, List<Box> around)
      throws IOException, ContainerFault {
    boolean wide = box.type().equals("co64");
    long count = reader.u32(box.atLeast(8).start() + 12);
    int stride = wide ? 8 : 4;
    if (box.body() - box.start() != 8
        || reader.u32(box.start() + 8) != 0
        || box.end() - box.start() != HEAD + count * stride) {
      throw ContainerFault.malformed("a table of chunk offsets of another form", box.start());
    }
    long before = -1;
    long behind = -1;
    for (long i = 0; i < count; i++) {
      long offset = offset(reader, box, wide, i);
      if (!layout.inData(offset)) {
        throw ContainerFault.malformed("a chunk outside of the media data", box.start());
      }
      if (offset < layout.movie().start()) {
        before = Math.max(before, offset);
      } else {
        behind = Math.max(behind, offset);
      }
    }
    return new ChunkTable(box, List.copyOf(around), wide, count, before, behind);
  }

  private static long offset(PagedReader reader, Box box, boolean wide, long index)
      throws IOException, ContainerFault {
    long at = box.start() + HEAD + index * (wide ? 8 : 4);
    return wide ? reader.i64(at) : reader.u32(at);
  }

  long offset(PagedReader reader, long index) throws IOException, ContainerFault {
    return offset(reader, box, wide, index);
  }

  /** How much larger it is as 'co64'. */
  long growth() {
    return wide ? 0 : 4 * count;
  }

  long size(boolean asWide) {
    return HEAD + count * (asWide ? 8 : 4);
  }
}
