package dev.aftercall.storage;

import java.util.Locale;

/** What a run counts, for each tenant. */
public enum Count {
  /** Promises compared. */
  PROMISED,
  /** Bodies of bytes compared. */
  STORED,
  /** Their bytes. */
  STORED_BYTES,
  /** Bodies read and hashed. */
  HASHED,
  /** Their bytes. */
  HASHED_BYTES,
  /** Bytes too young to be judged, or in somebody's hands. */
  PENDING,
  /** Findings of any kind. */
  FINDINGS,
  /** Orphans set aside. */
  QUARANTINED;

  /** As JSON has it. */
  public String word() {
    return switch (this) {
      case STORED_BYTES -> "storedBytes";
      case HASHED_BYTES -> "hashedBytes";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }
}
