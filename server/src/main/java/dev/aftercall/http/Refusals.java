package dev.aftercall.http;

import dev.aftercall.access.Denial;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.gate.NoSuchRecording;
import dev.aftercall.gate.Refused;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.metering.CapacityExhausted;
import dev.aftercall.metering.Plan;
import dev.aftercall.recording.RecordingId;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How the resources beneath a person read whose path it is, and say no. */
public final class Refusals {
  private Refusals() {}

  /** Whose path was called: {@code {userId}}, or {@code /me} where the template has none. */
  static PathUser path(Request request) {
    Optional<String> id = Optional.ofNullable(request.target().parameters().get("userId"));
    if (id.isEmpty()) {
      return new PathUser.Me();
    }
    Optional<UUID> oid = GraphIds.guid(id.get());
    if (oid.isPresent()) {
      return new PathUser.Person(oid.get());
    }
    // A person may write their own user principal name; Graph answers applications with 404.
    if (request.requireCaller() instanceof Caller.User user
        && user.upn().equalsIgnoreCase(id.get())) {
      return new PathUser.Person(user.oid());
    }
    throw new GraphException(ErrorCode.UNKNOWN_ERROR, "");
  }

  /** A gate's no on the wire. */
  public static GraphException error(Denial denial) {
    ErrorCode code =
        switch (denial.refusal()) {
          case BAD_REQUEST -> ErrorCode.BAD_REQUEST;
          case FORBIDDEN -> ErrorCode.FORBIDDEN;
          case ACCESS_DENIED -> ErrorCode.ACCESS_DENIED;
          case NOT_FOUND -> ErrorCode.NOT_FOUND;
        };
    return new GraphException(
        code,
        denial.message(),
        Optional.of(new GraphException.Inner(denial.rule().word(), denial.remedy())),
        Map.of());
  }

  /** The ledger's no. The message is Microsoft's, with its spelling. */
  static GraphException error(CapacityExhausted exhausted) {
    return new GraphException(
        ErrorCode.PAYMENT_REQUIRED,
        "The evaluation capacity for the month has exceeded. To continue beyond the evalution"
            + " limits complete billing onboarding.",
        Optional.of(
            new GraphException.Inner(
                "evaluationCapacity",
                "This application has used %d of %d minutes of its %ss in this calendar month (UTC)."
                        .formatted(
                            exhausted.usedMinutes(),
                            Plan.EVALUATION_MINUTES,
                            exhausted.retrieval().meter().name().toLowerCase(Locale.ROOT))
                    + " Wait for the next month, or have an administrator give the application the"
                    + " metering plan standard or unlimited.")),
        Map.of());
  }

  /** A conversation with a gate before recordings and transcripts. */
  @FunctionalInterface
  interface Asking {
    Answer answer() throws IOException;
  }

  static Answer asking(Asking asking) throws IOException {
    try {
      return asking.answer();
    } catch (Refused e) {
      throw error(e.denial());
    } catch (NoSuchRecording e) {
      throw notFound();
    }
  }

  /** The meeting in the path; Graph tells clients who send an artifact's id in its place. */
  static MeetingId meetingId(Request request) {
    String id = request.parameter("meetingId");
    if (RecordingId.looksLikeArtifact(id)) {
      throw new GraphException(ErrorCode.BAD_REQUEST, "Unexpected id format");
    }
    return MeetingId.parse(id).orElseThrow(Refusals::notFound);
  }

  static GraphException notFound() {
    return new GraphException(ErrorCode.NOT_FOUND, "The requested resource does not exist.");
  }
}
