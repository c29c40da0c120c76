package dev.aftercall.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** MP4 files that end where they should not. */
public final class BrokenOff {
  private BrokenOff() {}

  /**
   * How many bytes of a file to show to a reader. Media data that breaks off is of use as far as it
   * goes; any other box that does, such as the head of a fragment, keeps ffmpeg from reading what
   * is whole in front of it.
   */
  public static long usable(SeekableByteChannel file) throws IOException {
    PagedReader reader = new PagedReader(file, Limits.USUAL);
    long at = 0;
    try {
      while (at < reader.size()) {
        at = Box.atTop(reader, at).end();
      }
      return at;
    } catch (ContainerFault fault) {
      return data(reader, at) ? reader.size() : at;
    }
  }

  private static boolean data(PagedReader reader, long at) throws IOException {
    try {
      return reader.text(at + 4, 4).equals("mdat");
    } catch (ContainerFault fault) {
      return false;
    }
  }
}
