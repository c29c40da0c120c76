package dev.aftercall.testing;

import dev.aftercall.meeting.MeetingId;
import dev.aftercall.recording.RecordingId;
import java.util.UUID;

/**
 * A recording that a test handed over.
 *
 * @param meetingId as Graph encodes it
 * @param id as Graph encodes it
 */
public record Recorded(
    UUID tenant, UUID organizer, String meetingId, String id, String sha256, byte[] bytes) {

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

  /** {@link #path} with {@code /content}. */
  public String contentPath() {
    return path() + "/content";
  }
}
