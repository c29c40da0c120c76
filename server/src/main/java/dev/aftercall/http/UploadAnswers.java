package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aftercall.intake.Intake.Progress;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.intake.Receipt;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** What those are answered who send bytes. */
final class UploadAnswers {
  private static final JsonFactory JSON = new JsonFactory();

  private UploadAnswers() {}

  /** A step with the intake. */
  @FunctionalInterface
  interface Step {
    Answer take() throws IntakeException, IOException;
  }

  /** Takes a step; what it cannot is told in Graph's words. */
  static Answer of(Step step) throws IOException {
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

  /** An upload that was just opened, with the address that its bytes go to. */
  static Answer opened(Request request, Progress progress) throws IOException {
    String url =
        request.target().base()
            + "/intake/v1/uploads/"
            + progress.uploadId()
            + "/"
            + progress.secret().orElseThrow();
    return json(200, progress, Optional.of(url));
  }

  /** How far an upload has come. */
  static Answer standing(int status, Progress progress) throws IOException {
    return json(status, progress, Optional.empty());
  }

  /**
   * What a fragment came to: a receipt, or what is wanted next. What waits to be assigned is kept
   * as safely as what has a receipt, and nothing of it is wanted any more.
   */
  static Answer taken(Progress progress) throws IOException {
    return progress.receipt().isPresent()
        ? receipt(201, progress.receipt().get())
        : standing(progress.state() == State.WAITING ? 201 : 202, progress);
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
