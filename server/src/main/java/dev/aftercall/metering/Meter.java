package dev.aftercall.metering;

/** What is counted by itself. */
public enum Meter {
  /** Content of recordings. */
  RECORDING,
  /** Content and metadataContent of transcripts. */
  TRANSCRIPT
}
