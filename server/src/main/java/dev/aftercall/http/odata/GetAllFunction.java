package dev.aftercall.http.odata;

import java.util.List;

/** Graph's functions that list all artifacts of an organizer. */
public enum GetAllFunction {
  /** {@code onlineMeetings/getAllRecordings} */
  MEETING_RECORDINGS("getAllRecordings", "meetingOrganizerUserId", ArtifactType.RECORDING),
  /** {@code onlineMeetings/getAllTranscripts} */
  MEETING_TRANSCRIPTS("getAllTranscripts", "meetingOrganizerUserId", ArtifactType.TRANSCRIPT),
  /** {@code adhocCalls/getAllRecordings} */
  CALL_RECORDINGS("getAllRecordings", "userId", ArtifactType.RECORDING),
  /** {@code adhocCalls/getAllTranscripts} */
  CALL_TRANSCRIPTS("getAllTranscripts", "userId", ArtifactType.TRANSCRIPT);

  private final String word;
  private final String userParameter;
  private final ArtifactType artifact;

  GetAllFunction(String word, String userParameter, ArtifactType artifact) {
    this.word = word;
    this.userParameter = userParameter;
    this.artifact = artifact;
  }

  /** Its name in a path. */
  public String word() {
    return word;
  }

  /** The parameter that names the organizer. */
  public String userParameter() {
    return userParameter;
  }

  /** What it returns. */
  public ArtifactType artifact() {
    return artifact;
  }

  /** The names of all parameters. */
  List<String> parameters() {
    return List.of(userParameter, START, END);
  }

  static final String START = "startDateTime";
  static final String END = "endDateTime";
}
