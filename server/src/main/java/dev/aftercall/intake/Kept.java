package dev.aftercall.intake;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a file once every byte of it has come.
 *
 * @param stored what is kept in its place, where that is not the same: WebVTT for SubRip, an MP4
 *     with its movie box in front
 */
record Kept(
    String sha256,
    long size,
    String mediaType,
    long durationMillis,
    long keptTicks,
    @Nullable Stored stored) {
  /** Other bytes than those that came. */
  record Stored(String sha256, long size) {}

  /** Hash of the bytes in the content store. */
  String storedSha256() {
    return stored == null ? sha256 : stored.sha256();
  }

  /** Length of the bytes in the content store. */
  long storedSize() {
    return stored == null ? size : stored.size();
  }
}
