package dev.aftercall.media;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the movie box (moov) says: ISO/IEC 14496-12, 8.2 to 8.4 and 8.8. No sample table is read.
 */
final class Movie {
  private static final int MOST_TRACKS = 1024;

  private final PagedReader reader;
  private final Map<Long, Mp4Track> tracks = new LinkedHashMap<>();
  private long timescale;
  private long movieTicks;
  private Duration fragmentsDuration = Duration.ZERO;
  private boolean fragmented;

  private Movie(PagedReader reader) {
    this.reader = reader;
  }

  static Movie read(PagedReader reader, Box moov) throws IOException, ContainerFault {
    var movie = new Movie(reader);
    movie.readHeader(moov);
    // Twice over the same few headers, because mvex may come before the tracks it is about.
    for (Boxes boxes = Boxes.in(reader, moov); boxes.more(); ) {
      Box box = boxes.next();
      if (box.type().equals("trak")) {
        movie.readTrack(box);
      }
    }
    for (Boxes boxes = Boxes.in(reader, moov); boxes.more(); ) {
      Box box = boxes.next();
      if (box.type().equals("mvex")) {
        movie.readExtends(box);
      }
    }
    return movie;
  }

  private void readHeader(Box moov) throws IOException, ContainerFault {
    for (Boxes boxes = Boxes.in(reader, moov); boxes.more(); ) {
      Box box = boxes.next();
      if (box.type().equals("mvhd")) {
        Timing timing = Timing.read(reader, box);
        timescale = timing.timescale();
        movieTicks = timing.ticks();
        return;
      }
    }
    throw ContainerFault.malformed("the box 'moov' without its header 'mvhd'", moov.start());
  }

  private void readTrack(Box trak) throws IOException, ContainerFault {
    long id = 0;
    Duration played = Duration.ZERO;
    Timing timing = new Timing(0, 0);
    String handler = "";
    for (Boxes boxes = Boxes.in(reader, trak); boxes.more(); ) {
      Box box = boxes.next();
      if (box.type().equals("tkhd")) {
        boolean wide = reader.u8(box.atLeast(24).body()) == 1;
        box.atLeast(wide ? 36 : 24);
        id = reader.u32(box.body() + (wide ? 20 : 12));
        long ticks = Timing.ticks(reader, box.body() + (wide ? 28 : 20), wide);
        // In the movie's timescale, and after the edit list: what a viewer gets to see.
        played = MediaTime.of(ticks, timescale);
      } else if (box.type().equals("mdia")) {
        for (Boxes media = Boxes.in(reader, box); media.more(); ) {
          Box part = media.next();
          if (part.type().equals("mdhd")) {
            timing = Timing.read(reader, part);
          } else if (part.type().equals("hdlr")) {
            handler = reader.text(part.atLeast(12).body() + 8, 4);
          }
        }
      }
    }
    boolean video = handler.equals("vide");
    if (video || handler.equals("soun")) {
      if (tracks.size() >= MOST_TRACKS) {
        throw ContainerFault.tooMuch("more than " + MOST_TRACKS + " tracks", trak.start());
      }
      Duration stored = MediaTime.of(timing.ticks(), timing.timescale());
      tracks.put(id, new Mp4Track(timing.timescale(), video, played.isZero() ? stored : played));
    }
  }

  private void readExtends(Box mvex) throws IOException, ContainerFault {
    fragmented = true;
    for (Boxes boxes = Boxes.in(reader, mvex); boxes.more(); ) {
      Box box = boxes.next();
      if (box.type().equals("mehd")) {
        boolean wide = reader.u8(box.atLeast(8).body()) == 1;
        box.atLeast(wide ? 12 : 8);
        fragmentsDuration = MediaTime.of(Timing.ticks(reader, box.body() + 4, wide), timescale);
      } else if (box.type().equals("trex")) {
        Mp4Track track = tracks.get(reader.u32(box.atLeast(16).body() + 4));
        if (track != null) {
          track.defaultSampleDuration(reader.u32(box.body() + 12));
        }
      }
    }
  }

  @Nullable Mp4Track track(long id) {
    return tracks.get(id);
  }

  boolean fragmented() {
    return fragmented;
  }

  /** Whether mehd already tells how long the fragments last. */
  boolean knowsFragments() {
    return !fragmentsDuration.isZero();
  }

  boolean hasVideo() {
    return tracks.values().stream().anyMatch(Mp4Track::video);
  }

  boolean hasAudio() {
    return tracks.values().stream().anyMatch(track -> !track.video());
  }

  /** Of the longest track; of the movie header if no track tells. */
  Duration duration() throws IOException, ContainerFault {
    Duration longest = fragmentsDuration;
    for (Mp4Track track : tracks.values()) {
      longest = MediaTime.longer(longest, track.movieDuration());
    }
    longest = MediaTime.longer(longest, fragmentsLength(tracks.values()));
    return longest.isZero() ? MediaTime.of(movieTicks, timescale) : longest;
  }

  private Duration fragmentsLength(Collection<Mp4Track> all) throws IOException, ContainerFault {
    @Nullable Duration start = null;
    Duration end = Duration.ZERO;
    for (Mp4Track track : all) {
      if (track.hasFragments()) {
        Duration begin = track.start();
        start = start == null || begin.compareTo(start) < 0 ? begin : start;
        end = MediaTime.longer(end, track.fragmentsEnd(reader));
      }
    }
    return start == null || end.compareTo(start) < 0 ? Duration.ZERO : end.minus(start);
  }
}
