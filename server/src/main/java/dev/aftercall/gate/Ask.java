package dev.aftercall.gate;

import dev.aftercall.access.Permissions;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.recording.Artifact;
import java.util.UUID;

/**
 * One caller asks for one recording or transcript.
 *
 * @param requestId for the journal
 * @param place the meeting or the call, as decoded from the path
 * @param kind which of them
 * @param artifactId as the path spells it, for the journal
 * @param artifact as decoded from that id
 */
public record Ask(
    String requestId,
    Caller caller,
    PathUser path,
    Artifact.Kind kind,
    Place place,
    String artifactId,
    UUID artifact) {

  /** What must be granted. */
  Permissions permissions() {
    return switch (place) {
      case Place.OfMeeting meeting ->
          switch (kind) {
            case RECORDING -> Permissions.RECORDINGS;
            case TRANSCRIPT -> Permissions.TRANSCRIPTS;
          };
      case Place.OfCall call ->
          switch (kind) {
            case RECORDING -> Permissions.CALL_RECORDINGS;
            case TRANSCRIPT -> Permissions.CALL_TRANSCRIPTS;
          };
    };
  }

  /** The person whose place on the roster counts. */
  UUID person() {
    return path.person(caller);
  }
}
