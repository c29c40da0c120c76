package dev.aftercall.media;

import java.io.IOException;

/** One moof: moves the clocks of its tracks forward (ISO/IEC 14496-12, 8.8.4 to 8.8.12). */
final class MovieFragment {
  // Flags of tfhd
  private static final int BASE_DATA_OFFSET = 0x1;
  private static final int DESCRIPTION_INDEX = 0x2;
  private static final int DEFAULT_DURATION = 0x8;

  // Flags of trun
  private static final int DATA_OFFSET = 0x1;
  private static final int FIRST_SAMPLE_FLAGS = 0x4;
  private static final int SAMPLE_DURATION = 0x100;
  private static final int SAMPLE_SIZE = 0x200;
  private static final int SAMPLE_FLAGS = 0x400;
  private static final int SAMPLE_COMPOSITION = 0x800;

  private final PagedReader reader;
  private final Movie movie;

  MovieFragment(PagedReader reader, Movie movie) {
    this.reader = reader;
    this.movie = movie;
  }

  void read(Box moof) throws IOException, ContainerFault {
    for (Boxes boxes = Boxes.in(reader, moof); boxes.more(); ) {
      Box box = boxes.next();
      if (box.type().equals("traf")) {
        readTrack(box);
      }
    }
  }

  /** The order is fixed: tfhd comes first, tfdt before the first trun. */
  private void readTrack(Box traf) throws IOException, ContainerFault {
    Boxes boxes = Boxes.in(reader, traf);
    if (!boxes.more()) {
      return;
    }
    Box tfhd = boxes.next();
    if (!tfhd.type().equals("tfhd")) {
      throw ContainerFault.malformed(
          "the box 'traf' that does not begin with 'tfhd'", traf.start());
    }
    int flags = reader.i32(tfhd.atLeast(8).body());
    Mp4Track track = movie.track(reader.u32(tfhd.body() + 4));
    if (track == null) {
      return; // subtitles, data, or a track that is neither seen nor heard
    }
    long each = track.defaultSampleDuration();
    if ((flags & DEFAULT_DURATION) != 0) {
      int skipped = ((flags & BASE_DATA_OFFSET) != 0 ? 8 : 0) + bytes(flags, DESCRIPTION_INDEX);
      each = reader.u32(tfhd.atLeast(12 + skipped).body() + 8 + skipped);
    }
    boolean begun = false;
    while (boxes.more()) {
      Box box = boxes.next();
      if (box.type().equals("tfdt")) {
        boolean wide = reader.u8(box.atLeast(8).body()) == 1;
        box.atLeast(wide ? 12 : 8);
        track.fragmentStartsAt(wide ? positive(box) : reader.u32(box.body() + 4));
        begun = true;
      } else if (box.type().equals("trun")) {
        if (!begun) {
          track.fragmentFollows(reader);
          begun = true;
        }
        readRun(box, track, each);
      }
    }
  }

  private long positive(Box tfdt) throws IOException, ContainerFault {
    long ticks = reader.i64(tfdt.body() + 4);
    if (ticks < 0) {
      throw ContainerFault.malformed("the box 'tfdt' with a time beyond all clocks", tfdt.start());
    }
    return ticks;
  }

  private void readRun(Box trun, Mp4Track track, long each) throws IOException, ContainerFault {
    int flags = reader.i32(trun.atLeast(8).body());
    long count = reader.u32(trun.body() + 4);
    if ((flags & SAMPLE_DURATION) == 0) {
      track.samples(count, each);
      return;
    }
    int header = 8 + bytes(flags, DATA_OFFSET) + bytes(flags, FIRST_SAMPLE_FLAGS);
    int stride =
        4
            + bytes(flags, SAMPLE_SIZE)
            + bytes(flags, SAMPLE_FLAGS)
            + bytes(flags, SAMPLE_COMPOSITION);
    trun.atLeast(header + count * stride);
    // The duration is the first field of an entry.
    track.samples(reader, trun.body() + header, count, stride);
  }

  private static int bytes(int flags, int flag) {
    return (flags & flag) != 0 ? 4 : 0;
  }
}
