package dev.aftercall.intake;

import org.jspecify.annotations.Nullable;

/**
 * Proof that a recording is kept: the bytes are durable, hashed, probed and committed. Whoever
 * holds it may delete the original.
 *
 * @param id the id of the recording, or of the transcript handed over alone, as Graph's clients use
 *     it
 * @param meetingId of the meeting that holds it
 * @param callId of the ad hoc call that holds it instead
 * @param transcriptId of the transcript handed over with it
 * @param sha256 of the file handed over, 64 lower-case hexadecimal digits
 * @param size of that file in bytes
 */
public record Receipt(
    String id,
    String meetingId,
    @Nullable String callId,
    @Nullable String transcriptId,
    String sha256,
    long size,
    double durationSeconds) {}
