package dev.aftercall.metering;

/** Which of an artifact's contents is retrieved. */
public enum Form {
  /** {@code /content}, however it is rendered. */
  CONTENT,
  /** {@code /metadataContent} */
  METADATA_CONTENT
}
