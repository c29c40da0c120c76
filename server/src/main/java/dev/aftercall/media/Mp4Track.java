package dev.aftercall.media;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One audio or video track of an MP4 and the clock of its fragments, in ticks of its own timescale.
 *
 * <p>Fragments nearly always say when they begin (tfdt). Then only the samples of the last one have
 * to be added up, so the tables of a fragment are noted and read only when nothing better comes.
 */
final class Mp4Track {
  private static final int MOST_PENDING = 64;

  private final long timescale;
  private final boolean video;
  private final Duration movieDuration;
  private long defaultSampleDuration;

  private long firstStart = -1;
  private long end;
  private final List<SampleTable> pending = new ArrayList<>();

  /** Durations of single samples, not read yet: {@code count} entries of {@code stride} bytes. */
  private record SampleTable(long at, long count, int stride) {}

  Mp4Track(long timescale, boolean video, Duration movieDuration) {
    this.timescale = timescale;
    this.video = video;
    this.movieDuration = movieDuration;
  }

  boolean video() {
    return video;
  }

  long timescale() {
    return timescale;
  }

  void defaultSampleDuration(long ticks) {
    defaultSampleDuration = ticks;
  }

  long defaultSampleDuration() {
    return defaultSampleDuration;
  }

  /** A fragment names its beginning: what was noted before it needs no reading. */
  void fragmentStartsAt(long ticks) {
    pending.clear();
    end = ticks;
    begunAt(ticks);
  }

  /** A fragment without a beginning follows the one before. */
  void fragmentFollows(PagedReader reader) throws IOException, ContainerFault {
    settle(reader);
    begunAt(end);
  }

  private void begunAt(long ticks) {
    if (firstStart < 0) {
      firstStart = ticks;
    }
  }

  void samples(long count, long ticksEach) {
    end = MediaTime.plus(end, MediaTime.times(count, ticksEach));
  }

  void samples(PagedReader reader, long tableAt, long count, int stride)
      throws IOException, ContainerFault {
    pending.add(new SampleTable(tableAt, count, stride));
    if (pending.size() >= MOST_PENDING) {
      settle(reader);
    }
  }

  private void settle(PagedReader reader) throws IOException, ContainerFault {
    for (SampleTable table : pending) {
      for (long i = 0; i < table.count(); i++) {
        end = MediaTime.plus(end, reader.u32(table.at() + i * table.stride()));
      }
    }
    pending.clear();
  }

  /** When the fragments begin; zero if samples in the movie box come before them. */
  Duration start() {
    return movieDuration.isZero() ? MediaTime.of(firstStart, timescale) : Duration.ZERO;
  }

  boolean hasFragments() {
    return firstStart >= 0;
  }

  Duration movieDuration() {
    return movieDuration;
  }

  Duration fragmentsEnd(PagedReader reader) throws IOException, ContainerFault {
    settle(reader);
    return MediaTime.of(end, timescale);
  }
}
