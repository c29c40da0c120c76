package dev.aftercall.recording;

import dev.aftercall.content.ContentKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A JPEG drawn of a recording.
 *
 * @param number 0 is the poster; previews begin at 1
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 * @param kept ticks
 */
public record Picture(
    UUID tenant, UUID recording, int number, long size, String sha256, long kept) {
  /** The number of the poster. */
  public static final int POSTER = 0;

  /** Our key: the same however often it is drawn. */
  public UUID artifact() {
    return UUID.nameUUIDFromBytes(
        (recording + "/picture/" + number).getBytes(StandardCharsets.US_ASCII));
  }

  /** Where the bytes are kept. */
  public ContentKey contentKey() {
    return new ContentKey(tenant, artifact());
  }
}
