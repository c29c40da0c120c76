package dev.aftercall.storage;

import java.util.Optional;
import java.util.UUID;

/**
 * Something that is not as it should be.
 *
 * @param path where in the store
 * @param tenant whose; empty for a name that tells none
 * @param expected what the catalogue promises: a size or a hash; empty where it promises nothing
 * @param found what the store has in its place
 */
public record Finding(
    Kind kind, String path, Optional<UUID> tenant, String expected, String found) {
  /** What is wrong. */
  public enum Kind {
    /** The catalogue has it, the store has not. */
    MISSING,
    /** The store has it, the catalogue has not. */
    ORPHAN,
    /** Another length than promised. */
    SIZE,
    /** Other bytes than promised. */
    HASH,
    /** There, and cannot be read. */
    UNREADABLE,
    /** A name that Aftercall gives nothing; it is left alone. */
    UNKNOWN
  }

  /** What became of it. */
  public enum State {
    /** It was so when it was last looked at. */
    OPEN,
    /** The bytes were set aside. */
    QUARANTINED,
    /** A later run found it mended. */
    RESOLVED
  }

  /**
   * A finding as it is kept.
   *
   * @param firstSeen ticks
   * @param lastSeen ticks
   */
  public record Known(Finding finding, State state, long firstSeen, long lastSeen) {}
}
