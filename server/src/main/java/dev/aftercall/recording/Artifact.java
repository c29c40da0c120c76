package dev.aftercall.recording;

import dev.aftercall.content.ContentKey;
import java.util.UUID;

/**
 * What a call left behind and clients may see: a recording or a transcript. Its bytes are durable,
 * proved and hashed.
 *
 * @param artifact our key, also the last part of the id
 * @param callId the call it was made in
 * @param contentCorrelationId the same on a recording and the transcript of the same call
 * @param created ticks; when it starts
 * @param ended ticks; when it ends
 * @param media what the bytes are
 */
public record Artifact(
    Kind kind,
    UUID artifact,
    UUID tenant,
    UUID meetingKey,
    UUID callId,
    String contentCorrelationId,
    long created,
    long ended,
    MediaFile media) {

  /** The two kinds. */
  public enum Kind {
    /** Graph's callRecording. */
    RECORDING,
    /** Graph's callTranscript. */
    TRANSCRIPT
  }

  /**
   * The bytes.
   *
   * @param size in bytes
   * @param sha256 64 lower-case hexadecimal digits
   * @param durationMillis as probed
   * @param kept ticks; when the bytes became durable
   */
  public record MediaFile(
      String mediaType,
      long size,
      String sha256,
      String fileName,
      long durationMillis,
      long kept) {}

  /** Where the bytes are kept. */
  public ContentKey contentKey() {
    return new ContentKey(tenant, artifact);
  }
}
