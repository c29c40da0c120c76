package dev.aftercall.notification;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import java.util.Optional;
import java.util.UUID;

/**
 * What a notification is about.
 *
 * @param created ticks
 * @param ended ticks
 * @param visible ticks
 * @param role what the subscribing person is to the meeting; empty for strangers and applications
 */
public record Told(
    Artifact.Kind kind,
    UUID artifact,
    UUID callId,
    String contentCorrelationId,
    long created,
    long ended,
    long visible,
    Meeting meeting,
    Optional<Role> role) {
  /** The id as clients know it. */
  public String id() {
    return RecordingId.encode(meeting, kind, artifact, created);
  }
}
