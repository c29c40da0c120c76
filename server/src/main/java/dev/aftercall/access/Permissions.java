package dev.aftercall.access;

import java.util.Optional;

/** The permissions that open one kind of artifact. */
public enum Permissions {
  /** Recordings of online meetings. */
  RECORDINGS(RecordingAccess.READ_ALL, RecordingAccess.READ_CHAT),
  /** Transcripts of online meetings. */
  TRANSCRIPTS("OnlineMeetingTranscript.Read.All", "OnlineMeetingTranscript.Read.Chat"),
  /** Recordings of ad hoc calls. */
  CALL_RECORDINGS("CallRecordings.Read.All", ""),
  /** Transcripts of ad hoc calls. */
  CALL_TRANSCRIPTS("CallTranscripts.Read.All", "");

  private final String readAll;
  private final String readChat;

  Permissions(String readAll, String readChat) {
    this.readAll = readAll;
    this.readChat = readChat;
  }

  /** What a person's scopes or an application's roles must have. */
  public String readAll() {
    return readAll;
  }

  /** Whether they open transcripts, which a tenant may close to Graph altogether. */
  boolean transcripts() {
    return this == TRANSCRIPTS || this == CALL_TRANSCRIPTS;
  }

  /**
   * Whether they open what an ad hoc call left: its caller's alone, and an application needs the
   * role and nothing beside.
   */
  boolean adhocCalls() {
    return this == CALL_RECORDINGS || this == CALL_TRANSCRIPTS;
  }

  /** What an application may be given within one chat; ad hoc calls know no such consent. */
  public Optional<String> readChat() {
    return readChat.isEmpty() ? Optional.empty() : Optional.of(readChat);
  }
}
