package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aftercall.identity.Caller;
import dev.aftercall.intake.Intake;
import dev.aftercall.intake.Intake.Fragment;
import dev.aftercall.intake.Intake.Progress;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.intake.IntakeJson;
import dev.aftercall.intake.Receipt;
import dev.aftercall.intake.Submitter;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
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

  private static final JsonFactory JSON = new JsonFactory();
  private static final int LARGEST_METADATA = 16 * 1024 * 1024;
  private static final int LONGEST_KEY = 255;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  private final Intake intake;

  /** Speaks for that intake. */
  public IntakeUploads(Intake intake) {
    this.intake = intake;
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

  @FunctionalInterface
  private interface Step {
    Answer take() throws IntakeException, IOException;
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
    return step(
        () -> {
          Progress progress = intake.open(submitter, IntakeJson.parse(metadata), key);
          String url =
              request.target().base()
                  + "/intake/v1/uploads/"
                  + progress.uploadId()
                  + "/"
                  + progress.secret().orElseThrow();
          return json(200, progress, Optional.of(url));
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
    return step(
        () ->
            json(
                200,
                intake.status(request.parameter("uploadId"), request.parameter("secret")),
                Optional.empty()));
  }

  private Answer put(Request request) throws IOException {
    Fragment fragment = fragment(request);
    return step(
        () -> {
          Progress progress =
              intake.append(request.parameter("uploadId"), request.parameter("secret"), fragment);
          return progress.receipt().isPresent()
              ? receipt(201, progress.receipt().get())
              : json(202, progress, Optional.empty());
        });
  }

  private Answer cancel(Request request) throws IOException {
    return step(
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

  private static Answer step(Step step) throws IOException {
    try {
      return step.take();
    } catch (IntakeException e) {
      ErrorCode code =
          switch (e.kind()) {
            case INVALID, MISMATCH -> ErrorCode.INVALID_REQUEST;
            case UNKNOWN -> ErrorCode.NOT_FOUND;
            case CONFLICT -> ErrorCode.CONFLICT;
            case OUT_OF_TURN -> ErrorCode.INVALID_RANGE;
            case UNPLAYABLE -> ErrorCode.UNPROCESSABLE;
            case TOO_LARGE -> ErrorCode.REQUEST_TOO_LARGE;
            case STORAGE_FULL -> ErrorCode.INSUFFICIENT_STORAGE;
          };
      throw new GraphException(code, e.text());
    }
  }

  private static Answer json(int status, Progress progress, Optional<String> url)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (url.isPresent()) {
        json.writeStringField("uploadUrl", url.get());
      }
      json.writeStringField("expirationDateTime", Ticks.format(progress.expires()));
      json.writeArrayFieldStart("nextExpectedRanges");
      if (progress.state() == State.RECEIVING) {
        json.writeString(progress.received() + "-");
      }
      json.writeEndArray();
      json.writeStringField("state", progress.state().name().toLowerCase(Locale.ROOT));
      if (progress.reason().isPresent()) {
        json.writeStringField("reason", progress.reason().get());
      }
      if (progress.receipt().isPresent()) {
        json.writeFieldName("receipt");
        write(json, progress.receipt().get());
      }
      json.writeEndObject();
    }
    return Answer.json(status, bytes.toByteArray()).with("Cache-Control", "no-store");
  }

  private static Answer receipt(int status, Receipt receipt) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      write(json, receipt);
    }
    return Answer.json(status, bytes.toByteArray()).with("Cache-Control", "no-store");
  }

  private static void write(JsonGenerator json, Receipt receipt) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", receipt.id());
    json.writeStringField("meetingId", receipt.meetingId());
    if (receipt.callId() != null) {
      json.writeStringField("callId", receipt.callId());
    }
    if (receipt.transcriptId() != null) {
      json.writeStringField("transcriptId", receipt.transcriptId());
    }
    json.writeStringField("sha256", receipt.sha256());
    json.writeNumberField("size", receipt.size());
    json.writeNumberField("durationSeconds", receipt.durationSeconds());
    json.writeEndObject();
  }
}
