package dev.aftercall.http;

import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.gate.Ask;
import dev.aftercall.gate.Gate;
import dev.aftercall.gate.NoSuchRecording;
import dev.aftercall.gate.Refused;
import dev.aftercall.http.odata.ArtifactType;
import dev.aftercall.http.odata.Select;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Graph's callRecording: {@code GET …/recordings/{id}} and {@code …/content}.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/callrecording-get">Get callRecording</a>
 */
public final class CallRecordings {
  private static final String ITEM = "/onlineMeetings/{meetingId}/recordings/{recordingId}";
  private static final long TICKS_PER_SECOND = 10_000_000L;

  private final Gate gate;

  /** Speaks for that gate. */
  public CallRecordings(Gate gate) {
    this.gate = gate;
  }

  /**
   * The routes of this resource.
   *
   * @param versions {@code v1.0|beta}, or what the cloud offers of it; empty for none
   */
  public List<Route> routes(String versions) {
    if (versions.isEmpty()) {
      return List.of();
    }
    String me = "/{version:" + versions + "}/me" + ITEM;
    String user = "/{version:" + versions + "}/users/{userId}" + ITEM;
    return List.of(
        Route.of("GET", me, Route.Admission.TOKEN, this::metadata),
        Route.of("GET", user, Route.Admission.TOKEN, this::metadata),
        Route.of("GET", me + "/content", Route.Admission.TOKEN, this::content),
        Route.of("GET", user + "/content", Route.Admission.TOKEN, this::content));
  }

  private Answer metadata(Request request) throws Exception {
    Select select = Select.of(request, ArtifactType.RECORDING);
    Ask ask = ask(request);
    return asking(
        () -> {
          Gate.Opened opened = gate.metadata(ask);
          byte[] json = CallRecordingJson.entity(opened, root(request), pathUser(ask), select);
          return Answer.of(200, Answer.GRAPH_JSON, json)
              .with("OData-Version", "4.0")
              .with("Cache-Control", "no-cache");
        });
  }

  private Answer content(Request request) throws Exception {
    Select.none(request);
    Ask ask = ask(request);
    return asking(
        () -> {
          Gate.OpenedContent opened = gate.content(ask);
          Artifact.MediaFile media = opened.opened().artifact().media();
          return new ContentAnswer(
              opened.content(),
              new ContentAnswer.Representation(
                  media.mediaType(),
                  '"' + media.sha256() + '"',
                  Math.floorDiv(media.kept(), TICKS_PER_SECOND),
                  media.fileName()),
              opened.reader()::read,
              (status, sent, whole) -> opened.report().over(new Delivery(status, sent, whole)),
              Map.of());
        });
  }

  private static String root(Request request) {
    return request.target().base() + "/" + request.parameter("version");
  }

  /** Whose path it is in the answer's links: also for {@code /me} the person's own id. */
  private static UUID pathUser(Ask ask) {
    return switch (ask.path()) {
      case PathUser.Person person -> person.oid();
      case PathUser.Me me -> ((Caller.User) ask.caller()).oid();
    };
  }

  private static Ask ask(Request request) {
    String meetingId = request.parameter("meetingId");
    String recordingId = request.parameter("recordingId");
    if (RecordingId.looksLikeArtifact(meetingId)) {
      throw new GraphException(ErrorCode.BAD_REQUEST, "Unexpected id format");
    }
    PathUser path = Refusals.path(request);
    return new Ask(
        request.trace().requestId(),
        request.requireCaller(),
        path,
        Artifact.Kind.RECORDING,
        MeetingId.parse(meetingId).orElseThrow(Refusals::notFound),
        recordingId,
        RecordingId.artifact(recordingId).orElseThrow(Refusals::notFound));
  }

  @FunctionalInterface
  private interface Asking {
    Answer answer() throws IOException;
  }

  private static Answer asking(Asking asking) throws IOException {
    try {
      return asking.answer();
    } catch (Refused e) {
      throw Refusals.error(e.denial());
    } catch (NoSuchRecording e) {
      throw Refusals.notFound();
    }
  }
}
