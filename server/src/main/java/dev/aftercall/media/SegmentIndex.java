package dev.aftercall.media;

import java.io.IOException;

/**
 * A segment index (sidx, ISO/IEC 14496-12, 8.16.3): how long a stretch of fragments lasts, without
 * a look at them.
 */
final class SegmentIndex {
  private SegmentIndex() {}

  /**
   * Moves the clock of the indexed track.
   *
   * @return the end of the stretch; the end of the box itself if the index is of no use, in which
   *     case the fragments are walked, which also finds out whether they are all there
   */
  static long read(PagedReader reader, Movie movie, Box sidx) throws IOException, ContainerFault {
    boolean wide = reader.u8(sidx.atLeast(24).body()) == 1;
    long fixed = wide ? 32 : 24;
    sidx.atLeast(fixed);
    Mp4Track track = movie.track(reader.u32(sidx.body() + 4));
    long timescale = reader.u32(sidx.body() + 8);
    long begin = wide ? reader.i64(sidx.body() + 12) : reader.u32(sidx.body() + 12);
    long gap = wide ? reader.i64(sidx.body() + 20) : reader.u32(sidx.body() + 16);
    int count = reader.u16(sidx.body() + fixed - 2);
    sidx.atLeast(fixed + 12L * count);
    if (track == null || timescale != track.timescale() || begin < 0 || gap < 0) {
      return sidx.end();
    }
    long end = MediaTime.plus(sidx.end(), gap);
    long ticks = 0;
    for (long at = sidx.body() + fixed; at < sidx.body() + fixed + 12L * count; at += 12) {
      int reference = reader.i32(at);
      if (reference < 0) {
        return sidx.end(); // the top bit: an index of indexes, which no recorder writes
      }
      end = MediaTime.plus(end, reference);
      ticks = MediaTime.plus(ticks, reader.u32(at + 4));
    }
    if (ticks == 0 || end > reader.size()) {
      return sidx.end();
    }
    track.fragmentStartsAt(begin);
    track.samples(1, ticks);
    return end;
  }
}
