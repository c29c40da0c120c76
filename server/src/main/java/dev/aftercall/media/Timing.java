package dev.aftercall.media;

import java.io.IOException;

/** Timescale and duration as mvhd and mdhd hold them (ISO/IEC 14496-12, 8.2.2 and 8.4.2). */
record Timing(long timescale, long ticks) {
  /** Version 1 has times and duration in 64 bits. */
  static Timing read(PagedReader reader, Box box) throws IOException, ContainerFault {
    boolean wide = reader.u8(box.atLeast(20).body()) == 1;
    box.atLeast(wide ? 32 : 20);
    long timescaleAt = box.body() + (wide ? 20 : 12);
    return new Timing(reader.u32(timescaleAt), ticks(reader, timescaleAt + 4, wide));
  }

  /** All ones mean that the writer did not know; so does, for us, a sign bit. */
  static long ticks(PagedReader reader, long at, boolean wide) throws IOException, ContainerFault {
    long ticks = wide ? reader.i64(at) : reader.u32(at);
    return ticks < 0 || (!wide && ticks == 0xffff_ffffL) ? 0 : ticks;
  }
}
