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
    return permissions(kind, place instanceof Place.OfCall);
  }

  /** What must be granted for that kind, be it of a call or of a meeting. */
  static Permissions permissions(Artifact.Kind kind, boolean call) {
    return switch (kind) {
      case RECORDING -> call ? Permissions.CALL_RECORDINGS : Permissions.RECORDINGS;
      case TRANSCRIPT -> call ? Permissions.CALL_TRANSCRIPTS : Permissions.TRANSCRIPTS;
    };
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
        caller.tenant(), caller.appId(), caller.who(), found.artifact(), form, meter, minutes);
  }

  /** The person whose place on the roster counts. */
  UUID person() {
    return path.person(caller);
  }
}
