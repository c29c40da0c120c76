package dev.aftercall.testing;

import dev.aftercall.meeting.MeetingId;
import dev.aftercall.recording.RecordingId;
import java.util.Optional;
import java.util.UUID;

/**
 * A recording that a test handed over.
 *
 * @param meetingId as Graph encodes it
 * @param callId of an ad hoc call
 * @param id as Graph encodes it
 * @param transcriptId of the transcript that came with it
 */
public record Recorded(
    UUID tenant,
    UUID organizer,
    String meetingId,
    Optional<String> callId,
    String id,
    Optional<String> transcriptId,
    String sha256,
    byte[] bytes) {

  /** The meeting's chat thread. */
  public String threadId() {
    return MeetingId.parse(meetingId).orElseThrow().threadId();
  }

  /** The recording's own key. */
  public UUID artifact() {
    return RecordingId.artifact(id).orElseThrow();
  }

  /** The strong entity tag of its content. */
  public String entityTag() {
    return '"' + sha256 + '"';
  }

  /** {@code /v1.0/users/{organizer}/onlineMeetings/{meetingId}/recordings/{id}} */
  public String path() {
    return pathOf(organizer);
  }

  /** The same on another person's path. */
  public String pathOf(UUID person) {
    return "/v1.0/users/" + person + tail();
  }

  /** {@code /v1.0/me/onlineMeetings/{meetingId}/recordings/{id}} */
  public String mePath() {
    return "/v1.0/me" + tail();
  }

  /** {@code /onlineMeetings/{meetingId}/recordings/{id}} */
  public String tail() {
    return "/onlineMeetings/" + meetingId + "/recordings/" + id;
  }

  /** {@code /v1.0/users/{organizer}/onlineMeetings/{meetingId}/transcripts/{transcriptId}} */
  public String transcriptPath() {
    return "/v1.0/users/" + organizer + place() + "/transcripts/" + transcriptId.orElseThrow();
  }

  /** {@code /v1.0/users/{organizer}/adhocCalls/{callId}/recordings/{id}} */
  public String callPath() {
    return "/v1.0/users/" + organizer + place() + "/recordings/" + id;
  }

  private String place() {
    return callId.map(call -> "/adhocCalls/" + call).orElse("/onlineMeetings/" + meetingId);
  }

  /** {@link #path} with {@code /content}. */
  public String contentPath() {
    return path() + "/content";
  }
}
