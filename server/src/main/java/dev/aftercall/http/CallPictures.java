package dev.aftercall.http;

import dev.aftercall.gate.Gate;
import dev.aftercall.http.odata.Select;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What was drawn of recordings: {@code GET /pictures/v1/…/recordings/{id}/poster} and {@code
 * …/previews/{number}}. Graph has nothing like it, so it stands apart from Graph's paths, but under
 * a recording's own path and by the rules for its content.
 */
public final class CallPictures {
  private static final String RECORDING = "/recordings/{recordingId}";

  private final CallArtifacts recordings;

  /** Speaks for that gate. */
  public CallPictures(Gate gate) {
    this.recordings = new CallArtifacts(gate, Artifact.Kind.RECORDING, "recordingId");
  }

  /** The routes of this resource. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String person : List.of("/me", "/users/{userId}")) {
      for (String call : List.of("/onlineMeetings/{meetingId}", "/adhocCalls/{callId}")) {
        String path = "/pictures/v1" + person + call + RECORDING;
        routes.add(
            Route.of(
                "GET",
                path + "/poster",
                Route.Admission.TOKEN,
                request -> picture(request, Picture.POSTER)));
        routes.add(
            Route.of(
                "GET",
                path + "/previews/{number}",
                Route.Admission.TOKEN,
                request -> picture(request, number(request))));
      }
    }
    return routes;
  }

  private static int number(Request request) {
    String number = request.parameter("number");
    if (!number.matches("[1-9][0-9]{0,2}")) {
      throw Refusals.notFound();
    }
    return Integer.parseInt(number);
  }

  private Answer picture(Request request, int number) throws IOException {
    Select.none(request);
    return recordings.picture(request, number);
  }
}
