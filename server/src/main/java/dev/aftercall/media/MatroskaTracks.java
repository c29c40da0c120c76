package dev.aftercall.media;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Info and Tracks of a segment (RFC 9559, 5.1.2 and 5.1.4). */
final class MatroskaTracks {
  private static final int VIDEO = 1;
  private static final int AUDIO = 2;
  private static final int MOST_TRACKS = 1024;

  private final PagedReader reader;
  private final Map<Long, Duration> frames = new HashMap<>();

  /** Nanoseconds of one tick of the segment's clock. */
  private long scale = 1_000_000;

  private double durationTicks;
  private boolean video;
  private boolean audio;

  MatroskaTracks(PagedReader reader) {
    this.reader = reader;
  }

  void readInfo(Element info) throws IOException, ContainerFault {
    for (Elements elements = Elements.in(reader, info); elements.more(); ) {
      Element element = elements.next();
      if (element.id() == Ebml.TIMESTAMP_SCALE) {
        scale = element.unsigned(reader);
      } else if (element.id() == Ebml.DURATION) {
        durationTicks = element.floating(reader);
      }
    }
  }

  void readTracks(Element tracks) throws IOException, ContainerFault {
    for (Elements elements = Elements.in(reader, tracks); elements.more(); ) {
      Element element = elements.next();
      if (element.id() == Ebml.TRACK_ENTRY) {
        readTrack(element);
      }
    }
  }

  private void readTrack(Element entry) throws IOException, ContainerFault {
    long number = 0;
    long type = 0;
    long frame = 0;
    for (Elements elements = Elements.in(reader, entry); elements.more(); ) {
      Element element = elements.next();
      switch (element.id()) {
        case Ebml.TRACK_NUMBER -> number = element.unsigned(reader);
        case Ebml.TRACK_TYPE -> type = element.unsigned(reader);
        case Ebml.DEFAULT_DURATION -> frame = element.unsigned(reader);
        default -> {
          // names, codecs and the like
        }
      }
    }
    if (frames.size() >= MOST_TRACKS) {
      throw ContainerFault.tooMuch("more than " + MOST_TRACKS + " tracks", entry.start());
    }
    video |= type == VIDEO;
    audio |= type == AUDIO;
    frames.put(number, Duration.ofNanos(frame));
  }

  boolean hasVideo() {
    return video;
  }

  boolean hasAudio() {
    return audio;
  }

  /** How long one frame of a track is shown; zero if the track does not say. */
  Duration frame(long track) {
    return frames.getOrDefault(track, Duration.ZERO);
  }

  Duration time(long ticks) {
    return ticks <= 0 ? Duration.ZERO : Duration.ofNanos(MediaTime.times(ticks, scale));
  }

  /** Zero if the recorder did not write it, as MediaRecorder never does. */
  Duration duration() {
    // The cast turns NaN into 0 and keeps to the range of long.
    return Duration.ofNanos(Math.max(0, (long) (durationTicks * scale)));
  }
}
