package dev.aftercall.intake;

import org.jspecify.annotations.Nullable;

/**
 * Proof that a recording is kept: the bytes are durable, hashed, probed and committed. Whoever
 * holds it may delete the original.
 *
 * @param id the recording's id, as Graph's clients use it
 * @param meetingId of the meeting that holds it
 * @param transcriptId of the transcript handed over with it
 * @param sha256 64 lower-case hexadecimal digits
 * @param size in bytes
 */
public record Receipt(
    String id,
    String meetingId,
    @Nullable String transcriptId,
    String sha256,
    long size,
    double durationSeconds) {}
