package dev.aftercall.http;

import dev.aftercall.time.Ids;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Names of requests: GUIDs of version 7 (RFC 9562), whose first 48 bits are the milliseconds since
 * 1970. The journal has an index of them with a row for every request; names that grow are put at
 * its end, random ones all over it, a page of the database written for each.
 */
record RequestIds(Ids ids, InstantSource clock) {
  private static final long VERSION = 0x7000L;

  UUID next() {
    UUID random = ids.guid();
    long first = (clock.millis() << 16) | VERSION | (random.getMostSignificantBits() & 0xFFFL);
    return new UUID(first, random.getLeastSignificantBits());
  }
}
