package dev.aftercall.storage;

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
  QUARANTINED
}
