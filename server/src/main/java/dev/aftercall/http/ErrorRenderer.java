package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Renders every error, also those of the HTTP server itself, as Graph's one error body. Clients
 * branch on {@code code}; {@code innerError.code} names the rule that failed.
 */
final class ErrorRenderer {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int WITHOUT_FRACTION = "2024-05-01T10:00:00".length();

  private final InstantSource clock;

  ErrorRenderer(InstantSource clock) {
    this.clock = clock;
  }

  Answer.Whole render(GraphException error, Trace trace) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.putAll(error.headers());
    headers.put("OData-Version", "4.0");
    headers.put("Cache-Control", "no-cache");
    return new Answer.Whole(error.code().status(), headers, body(error, trace));
  }

  private byte[] body(GraphException error, Trace trace) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart("error");
      json.writeStringField("code", error.code().code());
      json.writeStringField("message", error.text());
      json.writeObjectFieldStart("innerError");
      if (error.inner().isPresent()) {
        json.writeStringField("code", error.inner().get().code());
        json.writeStringField("message", error.inner().get().message());
      }
      if (error.code() == ErrorCode.TOO_MANY_REQUESTS) {
        json.writeStringField("status", Integer.toString(error.code().status()));
      }
      // No zone and no fraction: that is how Graph writes it and how clients parse it.
      String now = Ticks.format(Ticks.of(clock.instant())).substring(0, WITHOUT_FRACTION);
      json.writeStringField("date", now);
      json.writeStringField("request-id", trace.requestId());
      json.writeStringField("client-request-id", trace.clientRequestId());
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
