package dev.aftercall.media;

import dev.aftercall.media.ProbeResult.Media;
import dev.aftercall.media.ProbeResult.Reason;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The segment of a WebM or Matroska file, as far as it has to be walked. */
final class MatroskaFile {
  private static final int TAIL_STEP = 1 << 20;

  /** A file made of nothing but beginnings of clusters must not cost a walk for each. */
  private static final int MOST_CANDIDATES = 64;

  private final PagedReader reader;
  private final MatroskaTracks tracks;
  private final Clusters clusters;
  private long tracksAt = Long.MAX_VALUE;
  private long firstClusterAt = -1;
  private boolean infoRead;

  /** Where the segment ends: by its own word, or with the file if its size is unknown. */
  private long limit;

  private boolean open;

  MatroskaFile(PagedReader reader) {
    this.reader = reader;
    this.tracks = new MatroskaTracks(reader);
    this.clusters = new Clusters(reader, tracks);
  }

  static boolean claims(PagedReader reader) throws IOException, ContainerFault {
    return reader.size() >= 4 && reader.i32(0) == Ebml.HEADER;
  }

  Media read() throws IOException, ContainerFault {
    Element segment = findSegment();
    open = segment.open();
    limit = open ? reader.size() : segment.end();
    walk(segment.body());
    if (clusters.tired()) {
      walkTail();
    }
    if (!tracks.hasVideo() && !tracks.hasAudio()) {
      throw ContainerFault.noTime("no audio or video track up to offset " + limit);
    }
    if (firstClusterAt < 0) {
      throw ContainerFault.noTime("no cluster of frames up to offset " + limit);
    }
    Duration told = tracks.duration();
    Duration duration = told.isZero() ? clusters.duration() : told;
    return new Media(
        tracks.hasVideo() ? "video/webm" : "audio/webm",
        duration,
        tracks.hasVideo(),
        tracks.hasAudio(),
        tracksAt < firstClusterAt);
  }

  private Element findSegment() throws IOException, ContainerFault {
    Element header = Element.inFile(reader, 0).closed();
    @Nullable String type = null;
    for (Elements elements = Elements.in(reader, header); elements.more(); ) {
      Element element = elements.next();
      if (element.id() == Ebml.DOC_TYPE) {
        // RFC 8794, 7.4: a string may be filled up with zeros.
        type = reader.text(element.body(), element.end() - element.body()).replace("\0", "");
      }
    }
    if (!"webm".equals(type) && !"matroska".equals(type)) {
      throw ContainerFault.of(
          Reason.NOT_MEDIA,
          "The EBML header at offset 0 does not announce WebM or Matroska;"
              + " hand over the recording itself.");
    }
    if (header.end() == reader.size()) {
      throw ContainerFault.truncated("the segment", header.end(), -1, reader.size());
    }
    long at = header.end();
    Element element = Element.inFile(reader, at);
    while (element.id() != Ebml.SEGMENT) {
      at = element.closed().end();
      element = Element.inFile(reader, at);
    }
    return element;
  }

  private void walk(long from) throws IOException, ContainerFault {
    long at = from;
    while (at < limit && !clusters.tired()) {
      Element element = open ? Element.inFile(reader, at) : Element.within(reader, at, limit);
      switch (element.id()) {
        case Ebml.INFO -> {
          tracks.readInfo(element);
          infoRead = true;
        }
        case Ebml.TRACKS -> {
          tracks.readTracks(element);
          tracksAt = Math.min(tracksAt, element.start());
        }
        case Ebml.CLUSTER -> {
          if (firstClusterAt < 0) {
            firstClusterAt = element.start();
          }
          if (knowsAll()) {
            return;
          }
          at = clusters.pass(element, limit, open);
          continue;
        }
        case Ebml.HEADER, Ebml.SEGMENT -> {
          return; // RFC 8794, 6.2: the next document also ends a segment of unknown size
        }
        default -> {
          // SeekHead, Cues, Tags, Attachments, Chapters, Void
        }
      }
      at = element.closed().end();
    }
  }

  /** The size of the segment proves that nothing is missing, so the clusters need no visit. */
  private boolean knowsAll() {
    return !open && infoRead && tracksAt < Long.MAX_VALUE && !tracks.duration().isZero();
  }

  /**
   * A long live recording: looks for a cluster near the end from which the structure goes on to the
   * very end. Four bytes alone may also be part of a picture, hence the second condition.
   */
  private void walkTail() throws IOException, ContainerFault {
    ContainerFault verdict =
        ContainerFault.tooMuch(
            "no cluster within the last " + reader.limits().tailBytes() + " bytes", limit);
    int candidates = 0;
    long lowest = Math.max(firstClusterAt + 1, limit - reader.limits().tailBytes());
    for (long top = limit - 4; top >= lowest; top -= TAIL_STEP) {
      for (long at = Math.max(lowest, top - TAIL_STEP + 1); at <= top; at++) {
        if (reader.u8(at) == Ebml.CLUSTER >>> 24 && reader.i32(at) == Ebml.CLUSTER) {
          if (++candidates > MOST_CANDIDATES) {
            throw verdict;
          }
          try {
            clusters.freshStart();
            walk(at);
            return;
          } catch (ContainerFault fault) {
            verdict = fault;
          }
        }
      }
    }
    throw verdict;
  }
}
