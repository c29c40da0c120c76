package dev.aftercall.content;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that lies in a store.
 *
 * @param path relative to the store, with {@code /} between parts
 * @param key what it is the content of; empty for a name that is none of ours
 * @param size in bytes
 * @param modified when it came there, as the store says
 */
public record Stored(String path, Optional<ContentKey> key, long size, Instant modified) {
  /** What the store says of one path. */
  public static Stored of(String path, long size, Instant modified) {
    return new Stored(path, ContentKey.parse(path), size, modified);
  }
}
