package dev.aftercall.recorder.graph;

import java.util.UUID;

/**
 * What one organizer's meetings or calls leave behind, as Graph tells it bit by bit.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/callrecording-delta">callRecording: delta</a>
 */
record Feed(Of what, UUID user) {
  /** Of what it tells. */
  enum Of {
    RECORDINGS("onlineMeetings/getAllRecordings(meetingOrganizerUserId='%s')", "recordings", false),
    TRANSCRIPTS(
        "onlineMeetings/getAllTranscripts(meetingOrganizerUserId='%s')", "transcripts", false),
    CALL_RECORDINGS("adhocCalls/getAllRecordings(userId='%s')", "recordings", true),
    CALL_TRANSCRIPTS("adhocCalls/getAllTranscripts(userId='%s')", "transcripts", true);

    private final String function;
    private final String collection;
    private final boolean calls;

    Of(String function, String collection, boolean calls) {
      this.function = function;
      this.collection = collection;
      this.calls = calls;
    }

    /** {@code recordings} or {@code transcripts}. */
    String collection() {
      return collection;
    }

    /** Whether of ad hoc calls. */
    boolean calls() {
      return calls;
    }
  }

  /** Under which its position is kept. */
  String name() {
    return what.name().toLowerCase(java.util.Locale.ROOT) + "/" + user;
  }

  /** Where it begins. */
  String start(String service) {
    return service + "/users/" + user + "/" + what.function.formatted(user) + "/delta";
  }
}
