package dev.aftercall.http;

import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.gate.Gate;
import dev.aftercall.http.odata.Select;
import dev.aftercall.metering.Form;
import dev.aftercall.recording.Artifact;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Graph's callRecording: {@code GET …/recordings/{id}} and {@code …/content}.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/callrecording-get">Get callRecording</a>
 */
public final class CallRecordings {
  private static final String ITEM = "/recordings/{recordingId}";

  private final CallArtifacts recordings;

  /** Speaks for that gate. */
  public CallRecordings(Gate gate) {
    this.recordings = new CallArtifacts(gate, Artifact.Kind.RECORDING, "recordingId");
  }

  /**
   * The routes of this resource.
   *
   * @param versions {@code v1.0|beta}, or what the cloud offers of it; empty for none
   * @param adhocVersions the same for ad hoc calls
   */
  public List<Route> routes(String versions, String adhocVersions) {
    return Stream.of(
            CallArtifacts.routes(versions, adhocVersions, ITEM, recordings::metadata),
            CallArtifacts.routes(versions, adhocVersions, ITEM + "/content", this::content))
        .flatMap(List::stream)
        .toList();
  }

  private Answer content(Request request) throws IOException {
    Select.none(request);
    return recordings.stored(request, Action.CONTENT, Form.CONTENT);
  }
}
