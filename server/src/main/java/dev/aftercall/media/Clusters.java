package dev.aftercall.media;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the first cluster begins and the last one ends (RFC 9559, 5.1.3).
 *
 * <p>A cluster of known size is stepped over; only the last of them is read. One of unknown size
 * can be left only block by block.
 */
final class Clusters {
  private final PagedReader reader;
  private final MatroskaTracks tracks;
  private @Nullable Duration begin;
  private Duration end = Duration.ZERO;
  private @Nullable Element unread;

  /** Counts blocks walked; what ends a walk that would take too long. */
  private int patience;

  Clusters(PagedReader reader, MatroskaTracks tracks) {
    this.reader = reader;
    this.tracks = tracks;
    this.patience = reader.limits().walkedBlocks();
  }

  boolean none() {
    return begin == null;
  }

  /** Whether the walk was given up inside a cluster of unknown size. */
  boolean tired() {
    return patience < 0;
  }

  /** From here on the bounds of the reader alone count. */
  void freshStart() {
    patience = Integer.MAX_VALUE;
    unread = null;
  }

  /** Returns where the cluster ends, or where the walk was given up. */
  long pass(Element cluster, long limit, boolean toEndOfFile) throws IOException, ContainerFault {
    if (!cluster.open()) {
      unread = cluster;
      if (begin == null) {
        begin = tracks.time(readTimestamp(cluster));
      }
      return cluster.end();
    }
    unread = null;
    long at = cluster.body();
    long timestamp = -1;
    while (at < limit && --patience >= 0) {
      Element child = toEndOfFile ? Element.inFile(reader, at) : Element.within(reader, at, limit);
      if (Ebml.endsCluster(child.id())) {
        break;
      }
      timestamp = take(cluster, child.closed(), timestamp);
      at = child.end();
    }
    return at;
  }

  private long readTimestamp(Element cluster) throws IOException, ContainerFault {
    for (Elements elements = Elements.in(reader, cluster); elements.more(); ) {
      Element element = elements.next();
      if (element.id() == Ebml.TIMESTAMP) {
        return element.unsigned(reader);
      }
    }
    throw withoutTime(cluster);
  }

  private long take(Element cluster, Element child, long timestamp)
      throws IOException, ContainerFault {
    switch (child.id()) {
      case Ebml.TIMESTAMP -> {
        long ticks = child.unsigned(reader);
        if (begin == null) {
          begin = tracks.time(ticks);
        }
        end = MediaTime.longer(end, tracks.time(ticks));
        return ticks;
      }
      case Ebml.SIMPLE_BLOCK -> block(cluster, child, timestamp, 0);
      case Ebml.BLOCK_GROUP -> group(cluster, child, timestamp);
      default -> {
        // Void, CRC-32, Position and the like
      }
    }
    return timestamp;
  }

  private void group(Element cluster, Element group, long timestamp)
      throws IOException, ContainerFault {
    @Nullable Element block = null;
    long ticks = 0;
    for (Elements elements = Elements.in(reader, group); elements.more(); ) {
      Element element = elements.next();
      if (element.id() == Ebml.BLOCK) {
        block = element;
      } else if (element.id() == Ebml.BLOCK_DURATION) {
        ticks = element.unsigned(reader);
      }
    }
    if (block != null) {
      block(cluster, block, timestamp, ticks);
    }
  }

  /** RFC 9559, 10.1: track number, then 16 signed bits of time relative to the cluster. */
  private void block(Element cluster, Element block, long timestamp, long ticks)
      throws IOException, ContainerFault {
    if (timestamp < 0) {
      throw withoutTime(cluster);
    }
    if (block.end() - block.body() < 4) {
      throw ContainerFault.malformed("a block of less than four bytes", block.start());
    }
    int first = reader.u8(block.body());
    // More than 16,383 tracks do not occur; a longer number only costs the frame's own length.
    boolean small = first >= 0x80;
    long track = small ? first & 0x7f : (long) (first & 0x3f) << 8 | reader.u8(block.body() + 1);
    short offset = (short) reader.u16(block.body() + (small ? 1 : 2));
    Duration start = tracks.time(MediaTime.plus(timestamp, offset));
    Duration lasts = ticks > 0 ? tracks.time(ticks) : tracks.frame(track);
    end = MediaTime.longer(end, start.plus(lasts));
  }

  private static ContainerFault withoutTime(Element cluster) {
    return ContainerFault.malformed("a cluster without a timestamp", cluster.start());
  }

  /** From the first timestamp to the end of the last block. */
  Duration duration() throws IOException, ContainerFault {
    Element last = unread;
    if (last != null) {
      long timestamp = -1;
      for (Elements elements = Elements.in(reader, last); elements.more(); ) {
        timestamp = take(last, elements.next(), timestamp);
      }
    }
    return begin == null || end.compareTo(begin) < 0 ? Duration.ZERO : end.minus(begin);
  }
}
