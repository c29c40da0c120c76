package dev.aftercall.media;

import dev.aftercall.media.ProbeResult.Media;
import dev.aftercall.media.ProbeResult.Reason;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;

/**
 * Tells MP4 from WebM by the first bytes, never by a name, and reads either.
 *
 * <p>MP4 is the ISO base media file format (ISO/IEC 14496-12) with its older brother QuickTime;
 * WebM is Matroska (RFC 9559) in EBML (RFC 8794). Matroska under its own name is reported as WebM:
 * browsers know it by no other. Safe for use by many threads; moves the channel's position.
 */
public final class ContainerProbe implements MediaProbe {
  private final Limits limits;

  public ContainerProbe() {
    this(Limits.USUAL);
  }

  ContainerProbe(Limits limits) {
    this.limits = limits;
  }

  @Override
  public ProbeResult probe(SeekableByteChannel file) throws IOException {
    try {
      return read(new PagedReader(file, limits));
    } catch (ContainerFault fault) {
      return fault.verdict();
    }
  }

  private static Media read(PagedReader reader) throws IOException, ContainerFault {
    if (reader.size() == 0) {
      throw ContainerFault.of(
          Reason.EMPTY,
          "The file holds no bytes; the recorder or the copy failed before it wrote any,"
              + " so hand over the recording again.");
    }
    Media media;
    if (Mp4File.claims(reader)) {
      media = new Mp4File(reader).read();
    } else if (MatroskaFile.claims(reader)) {
      media = new MatroskaFile(reader).read();
    } else {
      throw ContainerFault.of(
          Reason.NOT_MEDIA,
          "The bytes at offset 0 begin neither an MP4 nor a WebM file, whatever its name says;"
              + " hand over the recording itself, converted with ffmpeg if it is of another kind.");
    }
    return checked(media);
  }

  private static Media checked(Media media) throws ContainerFault {
    Duration duration = media.duration();
    if (!media.hasVideo() && !media.hasAudio()) {
      throw ContainerFault.noTime("the file has neither an audio nor a video track");
    }
    if (duration.isZero()) {
      throw ContainerFault.noTime("its tracks last no time at all");
    }
    if (duration.compareTo(Limits.LONGEST) > 0) {
      throw ContainerFault.of(
          Reason.MALFORMED,
          "The tracks claim to play for "
              + duration.toDays()
              + " days, so the duration at the head of the file is damaged;"
              + " rewrite it with 'ffmpeg -i in -c copy out' and hand it over again.");
    }
    return media;
  }
}
