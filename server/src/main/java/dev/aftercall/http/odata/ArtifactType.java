package dev.aftercall.http.odata;

import java.util.List;
import java.util.stream.Stream;

/** The types of Graph that are listed, filtered and counted. */
public enum ArtifactType {
  /** A recording. */
  RECORDING("microsoft.graph.callRecording", "recordingContentUrl"),
  /** A transcript. */
  TRANSCRIPT("microsoft.graph.callTranscript", "transcriptContentUrl");

  private static final List<String> RECORDING_PROPERTIES = properties(RECORDING, "content");
  private static final List<String> TRANSCRIPT_PROPERTIES =
      properties(TRANSCRIPT, "content", "metadataContent");

  private final String typeName;
  private final String urlProperty;

  ArtifactType(String typeName, String urlProperty) {
    this.typeName = typeName;
    this.urlProperty = urlProperty;
  }

  private static List<String> properties(ArtifactType type, String... streams) {
    List<String> shown =
        List.of(
            "id",
            "meetingId",
            "callId",
            "contentCorrelationId",
            "createdDateTime",
            "endDateTime",
            type.urlProperty,
            "meetingOrganizer");
    return Stream.concat(shown.stream(), Stream.of(streams)).toList();
  }

  /** With its namespace, as errors and {@code @odata.type} say it. */
  public String typeName() {
    return typeName;
  }

  /** What may be selected, in the order of Graph's answers; streams come last, and never appear. */
  public List<String> properties() {
    return switch (this) {
      case RECORDING -> RECORDING_PROPERTIES;
      case TRANSCRIPT -> TRANSCRIPT_PROPERTIES;
    };
  }

  /** The property that holds the address of the content. */
  public String urlProperty() {
    return urlProperty;
  }
}
