package dev.aftercall.http;

import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.content.Content;
import dev.aftercall.gate.Ask;
import dev.aftercall.gate.Gate;
import dev.aftercall.gate.Place;
import dev.aftercall.http.odata.Select;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.metering.Form;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Picture;
import dev.aftercall.recording.RecordingId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What recordings and transcripts have in common on the wire, of meetings and of ad hoc calls. */
final class CallArtifacts {
  private final Gate gate;
  private final Artifact.Kind kind;
  private final String idParameter;

  /** Speaks for that gate of artifacts of one kind, whose id the templates catch by that name. */
  CallArtifacts(Gate gate, Artifact.Kind kind, String idParameter) {
    this.gate = gate;
    this.kind = kind;
    this.idParameter = idParameter;
  }

  /**
   * A route for each of {@code me} and {@code users}, in meetings and in ad hoc calls.
   *
   * @param versions {@code v1.0|beta}, or what the cloud offers of it; empty for none
   * @param tail behind the meeting or call
   */
  static List<Route> routes(
      String versions, String adhocVersions, String tail, Route.Handler handler) {
    List<Route> routes = new ArrayList<>();
    for (String person : List.of("/me", "/users/{userId}")) {
      if (!versions.isEmpty()) {
        String path = "/{version:" + versions + "}" + person + "/onlineMeetings/{meetingId}";
        routes.add(Route.of("GET", path + tail, Route.Admission.TOKEN, handler));
      }
      if (!adhocVersions.isEmpty()) {
        String path = "/{version:" + adhocVersions + "}" + person + "/adhocCalls/{callId}";
        routes.add(Route.of("GET", path + tail, Route.Admission.TOKEN, handler));
      }
    }
    return routes;
  }

  Answer metadata(Request request) throws IOException {
    Select select = Select.of(request, ArtifactJson.type(kind));
    Ask ask = ask(request);
    return Refusals.asking(
        () -> {
          Gate.Opened opened = gate.metadata(ask);
          byte[] json =
              ArtifactJson.entity(
                  opened,
                  request.serviceRoot(),
                  ask.path().person(ask.caller()),
                  ask.place(),
                  select);
          return new Answer.Whole(200, Answer.GRAPH_FIELDS, json);
        });
  }

  /** The bytes as they are kept. */
  Answer stored(Request request, Action action, Form form) throws IOException {
    Ask ask = ask(request);
    return Refusals.asking(
        () -> {
          Gate.OpenedContent opened = gate.content(ask, action, form);
          Artifact.MediaFile media = opened.opened().artifact().media();
          return answer(
              opened,
              opened.content(),
              media.mediaType(),
              media.sha256(),
              media.fileName(),
              opened.reader()::read);
        });
  }

  /** A picture that was drawn of it. */
  Answer picture(Request request, int number) throws IOException {
    Ask ask = ask(request);
    return Refusals.asking(
        () -> {
          Gate.OpenedPicture opened = gate.picture(ask, number);
          Picture picture = opened.picture();
          return answer(
              opened.content(),
              ContentAnswer.Representation.of(
                  "image/jpeg",
                  picture.sha256(),
                  picture.kept(),
                  number == Picture.POSTER ? "poster.jpg" : "preview-" + number + ".jpg"),
              opened.content().content(),
              opened.content().reader()::read);
        });
  }

  /** Bytes made of those that are kept. */
  Answer made(Request request, Action action, Form form, Maker maker) throws IOException {
    Ask ask = ask(request);
    return Refusals.asking(
        () -> {
          Gate.OpenedContent opened = gate.content(ask, action, form);
          try {
            return maker.make(opened);
          } catch (GraphException e) {
            opened.delivery().over(new Delivery(e.code().status(), 0, true));
            throw e;
          } catch (IOException | RuntimeException | Error e) {
            opened.delivery().over(new Delivery(ErrorCode.INTERNAL.status(), 0, false));
            throw e;
          }
        });
  }

  /** Makes an answer of what was opened. */
  @FunctionalInterface
  interface Maker {
    Answer make(Gate.OpenedContent opened) throws IOException;
  }

  static ContentAnswer answer(
      Gate.OpenedContent opened,
      Content content,
      String mediaType,
      String sha256,
      String fileName,
      ContentAnswer.Parts parts) {
    long kept = opened.opened().artifact().media().kept();
    return answer(
        opened, ContentAnswer.Representation.of(mediaType, sha256, kept, fileName), content, parts);
  }

  private static ContentAnswer answer(
      Gate.OpenedContent opened,
      ContentAnswer.Representation representation,
      Content content,
      ContentAnswer.Parts parts) {
    return new ContentAnswer(
        content,
        representation,
        parts,
        ContentAnswer.Delivering.telling(opened.delivery()),
        List.of(),
        Map.of());
  }

  private Ask ask(Request request) {
    String id = request.parameter(idParameter);
    Place place = place(request);
    return new Ask(
        request.trace().requestId(),
        request.requireCaller(),
        Refusals.path(request),
        kind,
        place,
        id,
        RecordingId.artifact(id).orElseThrow(Refusals::notFound));
  }

  private static Place place(Request request) {
    String call = request.target().parameters().get("callId");
    if (call != null) {
      return new Place.OfCall(GraphIds.guid(call).orElseThrow(Refusals::notFound));
    }
    return new Place.OfMeeting(Refusals.meetingId(request));
  }
}
