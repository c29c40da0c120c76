package dev.aftercall.gate;

import dev.aftercall.access.Permissions;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.metering.Form;
import dev.aftercall.metering.Meter;
import dev.aftercall.metering.Retrieval;
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

  private static final long MILLIS_PER_MINUTE = 60_000;

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

  /** Who is taken down in the journal and in the ledger. */
  String who() {
    return caller instanceof Caller.User user ? user.oid().toString() : caller.appId();
  }

  /** What is metered of it. */
  Retrieval retrieval(Form form, Artifact found) {
    Meter meter =
        switch (kind) {
          case RECORDING -> Meter.RECORDING;
          case TRANSCRIPT -> Meter.TRANSCRIPT;
        };
    long minutes = found.media().durationMillis() / MILLIS_PER_MINUTE;
    return new Retrieval(
        caller.tenant(), caller.appId(), who(), found.artifact(), form, meter, minutes);
  }

  /** The person whose place on the roster counts. */
  UUID person() {
    return path.person(caller);
  }
}
