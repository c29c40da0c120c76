package dev.aftercall.http;

import dev.aftercall.arrival.Arrivals;
import dev.aftercall.identity.Caller;
import dev.aftercall.intake.Intake;
import dev.aftercall.intake.Intake.Fragment;
import dev.aftercall.intake.IntakeJson;
import dev.aftercall.intake.Submitter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hand-over by upload session, as Graph's large-file upload: the SDKs' upload tasks drive it.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/driveitem-createuploadsession">Create upload
 *     session</a>
 */
public final class IntakeUploads {
  /** The application role that may hand over. */
  public static final String ROLE = "Recording.Intake";

  private static final int LARGEST_METADATA = 16 * 1024 * 1024;
  private static final int LONGEST_KEY = 255;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  private final Intake intake;
  private final Arrivals arrivals;

  /** Speaks for that intake. */
  public IntakeUploads(Intake intake, Arrivals arrivals) {
    this.intake = intake;
    this.arrivals = arrivals;
  }

  /** The routes of this resource. */
  public List<Route> routes() {
    String upload = "/intake/v1/uploads/{uploadId}/{secret}";
    return List.of(
        Route.of("POST", "/intake/v1/recordings", Route.Admission.TOKEN, this::open),
        new Route(
            Set.of("GET"), PathTemplate.parse(upload), Route.Admission.CAPABILITY, this::status),
        Route.of("PUT", upload, Route.Admission.CAPABILITY, this::put),
        Route.of("DELETE", upload, Route.Admission.CAPABILITY, this::cancel));
  }

  private Answer open(Request request) throws IOException {
    Submitter submitter = submitter(request.requireCaller());
    Optional<String> key = request.header("Idempotency-Key");
    if (key.isPresent() && (key.get().isBlank() || key.get().length() > LONGEST_KEY)) {
      throw new GraphException(
          ErrorCode.INVALID_REQUEST, "Idempotency-Key must have 1 to 255 characters.");
    }
    byte[] metadata = request.body().readNBytes(LARGEST_METADATA + 1);
    if (metadata.length > LARGEST_METADATA) {
      throw new GraphException(ErrorCode.REQUEST_TOO_LARGE, "The metadata is larger than 16 MiB.");
    }
    return UploadAnswers.of(
        () -> {
          return UploadAnswers.opened(
              request, intake.open(submitter, IntakeJson.parse(metadata), key));
        });
  }

  private static Submitter submitter(Caller caller) {
    if (caller instanceof Caller.Application app && app.roles().contains(ROLE)) {
      return new Submitter(app.tenant(), app.appId());
    }
    throw new GraphException(
        ErrorCode.FORBIDDEN,
        "Missing role permissions on the request. API requires one of '" + ROLE + "'.",
        Optional.of(
            new GraphException.Inner(
                "RoleMissing", "Grant the application role " + ROLE + " to the recorder.")),
        Map.of());
  }

  private Answer status(Request request) throws IOException {
    return UploadAnswers.of(
        () ->
            UploadAnswers.standing(
                200, intake.status(request.parameter("uploadId"), request.parameter("secret"))));
  }

  private Answer put(Request request) throws IOException {
    Fragment fragment = fragment(request);
    return UploadAnswers.of(
        () -> {
          return UploadAnswers.taken(
              arrivals.append(
                  request.parameter("uploadId"), request.parameter("secret"), fragment));
        });
  }

  private Answer cancel(Request request) throws IOException {
    return UploadAnswers.of(
        () -> {
          intake.cancel(request.parameter("uploadId"), request.parameter("secret"));
          return Answer.empty(204);
        });
  }

  private static Fragment fragment(Request request) {
    Optional<String> field = request.header("Content-Range");
    if (field.isEmpty()) {
      Optional<Long> whole = Optional.of(request.contentLength()).filter(length -> length >= 0);
      return new Fragment(0, whole.orElse(Long.MAX_VALUE), whole, request.body());
    }
    Matcher range = CONTENT_RANGE.matcher(field.get().strip());
    if (range.matches()) {
      long first = Long.parseLong(range.group(1));
      long last = Long.parseLong(range.group(2));
      long total = Long.parseLong(range.group(3));
      long length = last - first + 1;
      boolean fits = request.contentLength() < 0 || request.contentLength() == length;
      if (first <= last && last < total && fits) {
        return new Fragment(first, length, Optional.of(total), request.body());
      }
    }
    throw new GraphException(
        ErrorCode.INVALID_REQUEST,
        "Content-Range must be 'bytes {first}-{last}/{total}' and fit Content-Length; it is '"
            + field.get()
            + "'.");
  }
}
