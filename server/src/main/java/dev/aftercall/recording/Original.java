package dev.aftercall.recording;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an artifact is called where it is copied from, so that it is called the same here. Only
 * sources that mirror a tenant say it; a hand-over cannot.
 *
 * @param artifact the GUID in its id
 * @param callId null where it is not told; then it is made
 * @param contentCorrelationId the same
 * @param ended ticks; null for its duration behind its start
 * @param threadId of its meeting or call
 * @param calendarId the iCalUId in its id; "" where its id has none
 * @param meetingStart ticks; null where nothing is known of the meeting
 * @param meetingEnd ticks; the same
 */
public record Original(
    UUID artifact,
    @Nullable UUID callId,
    @Nullable String contentCorrelationId,
    @Nullable Long ended,
    String threadId,
    String calendarId,
    @Nullable Long meetingStart,
    @Nullable Long meetingEnd) {
  private static final int LONGEST = 255;

  /** Refuses what could not be an id. */
  public Original {
    if (!name(threadId) || threadId.isEmpty() || !name(calendarId)) {
      throw new IllegalArgumentException(
          "the ids of its meeting are empty, too long or unprintable");
    }
    if (contentCorrelationId != null
        && (!name(contentCorrelationId) || contentCorrelationId.isEmpty())) {
      throw new IllegalArgumentException("'contentCorrelationId' is too long or unprintable");
    }
  }

  private static boolean name(String text) {
    return text.length() <= LONGEST && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
