package dev.aftercall.query;

/** What may be asked of a recording or a transcript, with its place in Graph's types. */
public enum Property {
  /** The encoded id. */
  ID("id", Type.TEXT),
  /** The encoded id of the meeting; null for ad hoc calls. */
  MEETING_ID("meetingId", Type.TEXT),
  /** GUID of the call. */
  CALL_ID("callId", Type.TEXT),
  /** The same on a recording and its transcript. */
  CONTENT_CORRELATION_ID("contentCorrelationId", Type.TEXT),
  /** When it starts. */
  CREATED("createdDateTime", Type.INSTANT),
  /** When it ends. */
  ENDED("endDateTime", Type.INSTANT),
  /** {@code recordingContentUrl} of a recording, {@code transcriptContentUrl} of a transcript. */
  CONTENT_URL("recordingContentUrl", Type.TEXT),
  /** Object id of the organizer. */
  ORGANIZER("meetingOrganizer/user/id", Type.TEXT),
  /** Always null here, as in every answer of Graph that was seen. */
  ORGANIZER_NAME("meetingOrganizer/user/displayName", Type.TEXT),
  /** The organizer's tenant. */
  ORGANIZER_TENANT("meetingOrganizer/user/tenantId", Type.TEXT);

  /** What a property's values are compared as. */
  public enum Type {
    /** Text, compared by Unicode code points; case counts. */
    TEXT,
    /** 100-ns ticks since 1970. */
    INSTANT
  }

  private final String path;
  private final Type type;

  Property(String path, Type type) {
    this.path = path;
    this.type = type;
  }

  /** The path as OData spells it, from the recording's type. */
  public String path() {
    return path;
  }

  /** What its values are. */
  public Type type() {
    return type;
  }
}
