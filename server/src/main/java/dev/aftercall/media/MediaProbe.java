package dev.aftercall.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Reads the container of a media file, as far as an archive has to know it. */
public interface MediaProbe {
  /**
   * Probes a whole file. Never reads more than a bounded part of it, whatever the file claims.
   *
   * @throws IOException when the channel itself fails, never for what the bytes say
   */
  ProbeResult probe(SeekableByteChannel file) throws IOException;
}
