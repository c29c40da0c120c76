package dev.aftercall.http.admin;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.gate.HeldGate;
import dev.aftercall.gate.NoSuchRecording;
import dev.aftercall.http.Answer;
import dev.aftercall.http.ContentAnswer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * {@code /admin/v1/recordings/{id}/content} and that of transcripts: the bytes of what was deleted
 * and a hold keeps, for compliance readers. Ranges and conditions are Graph's.
 */
public final class AdminHeldContent {
  private final HeldGate gate;

  /** Speaks for that gate. */
  public AdminHeldContent(HeldGate gate) {
    this.gate = gate;
  }

  /** The routes of both kinds. */
  public List<Route> routes(AdminDoor door) {
    return List.of(
        route(door, Artifact.Kind.RECORDING, "recording"),
        route(door, Artifact.Kind.TRANSCRIPT, "transcript"));
  }

  private Route route(AdminDoor door, Artifact.Kind kind, String word) {
    return door.held(
        "/admin/v1/" + word + "s/{itemId}/content",
        Operation.of(
                "Gets the bytes of a " + word + " that was deleted and that a legal hold keeps.")
            .answeringBytes(),
        request -> content(request, kind));
  }

  private Answer content(AdminRequest request, Artifact.Kind kind) throws IOException {
    UUID artifact =
        RecordingId.artifact(request.parameter("itemId")).orElseThrow(() -> notFound(kind));
    try {
      HeldGate.OpenedHeld opened =
          gate.content(
              new HeldGate.HeldAsk(
                  request.request().trace().requestId(), request.caller(), kind, artifact));
      return answer(opened);
    } catch (NoSuchRecording e) {
      throw notFound(kind);
    }
  }

  private static ChangeRefused notFound(Artifact.Kind kind) {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return ChangeRefused.notFound(
        "There is no " + word + " with this id that was deleted and that a hold keeps.",
        "See /admin/v1/" + word + "s?state=trash&held=true; what is not deleted is read by Graph.");
  }

  private static ContentAnswer answer(HeldGate.OpenedHeld opened) {
    Artifact.MediaFile media = opened.media();
    return new ContentAnswer(
        opened.content(),
        ContentAnswer.Representation.of(
            media.mediaType(), media.sha256(), media.kept(), media.fileName()),
        opened.reader()::read,
        ContentAnswer.Delivering.telling(opened.delivery()),
        List.of(),
        Map.of());
  }
}
