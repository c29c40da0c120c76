package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * What one item of a batch was answered.
 *
 * @param end hears whether the batch reached the client
 */
record BatchPart(int status, Map<String, String> headers, byte[] body, BatchAnswer.End end) {
  private static final int ROOM_FOR_THE_REST = 1_024;

  static BatchPart of(Answer.Whole whole) {
    return new BatchPart(whole.status(), whole.headers(), whole.body(), delivered -> {});
  }

  boolean failed() {
    return status >= 400;
  }

  /** More bytes than it takes in the answer. */
  int room() {
    return ROOM_FOR_THE_REST + (json() ? body.length : body.length / 3 * 4);
  }

  /** Graph's JSON stands as it is, everything else in base64. */
  void write(JsonGenerator json, BatchItem.ItemId id, Trace trace) throws IOException {
    json.writeStartObject();
    json.writeFieldName("id");
    if (id.number()) {
      json.writeNumber(id.text());
    } else {
      json.writeString(id.text());
    }
    json.writeNumberField("status", status);
    json.writeObjectFieldStart("headers");
    json.writeStringField("request-id", trace.requestId());
    json.writeStringField("client-request-id", trace.clientRequestId());
    for (var header : headers.entrySet()) {
      json.writeStringField(header.getKey(), header.getValue());
    }
    json.writeEndObject();
    if (body.length > 0) {
      json.writeFieldName("body");
      if (json()) {
        json.writeRawValue(new String(body, StandardCharsets.UTF_8));
      } else {
        json.writeBinary(body);
      }
    }
    json.writeEndObject();
  }

  private boolean json() {
    return BatchPart.json(headers.getOrDefault("Content-Type", ""));
  }

  /** Whether a media type is JSON. */
  static boolean json(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.endsWith("+json");
  }
}
