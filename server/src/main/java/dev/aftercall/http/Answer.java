package dev.aftercall.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a route answers. A value, not an act: the same answer serves a lone request and a part of a
 * batch.
 */
public sealed interface Answer permits Answer.Whole, StreamedAnswer, ContentAnswer, BatchAnswer {
  /** The HTTP status. */
  int status();

  /** Header fields beside those that every answer gets. */
  Map<String, String> headers();

  /** A body that is small enough to be held in memory. */
  record Whole(int status, Map<String, String> headers, byte[] body) implements Answer {}

  /** The media type of Graph's JSON answers. */
  String GRAPH_JSON =
      "application/json;odata.metadata=minimal;odata.streaming=true;"
          + "IEEE754Compatible=false;charset=utf-8";

  /** A status alone. */
  static Answer empty(int status) {
    return new Whole(status, Map.of(), new byte[0]);
  }

  /** A body with its media type. */
  static Answer of(int status, String mediaType, byte[] body) {
    return new Whole(status, Map.of("Content-Type", mediaType), body);
  }

  /** Fields that all of Graph's JSON answers have. */
  Map<String, String> GRAPH_FIELDS =
      Map.of(
          "Content-Type", GRAPH_JSON,
          "OData-Version", "4.0",
          "Cache-Control", "no-cache");

  /** Plain JSON, outside Graph's own surface. */
  static Answer json(int status, byte[] body) {
    return of(status, "application/json", body);
  }

  /** Text of the given media type. */
  static Answer text(int status, String mediaType, String body) {
    return of(status, mediaType, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The same answer with one header field more. */
  default Answer with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers());
    all.put(name, value);
    return switch (this) {
      case Whole whole -> new Whole(whole.status(), all, whole.body());
      case StreamedAnswer streamed -> new StreamedAnswer(status(), all, streamed.body());
      case ContentAnswer content -> content.withHeaders(all);
      case BatchAnswer batch -> batch.withHeaders(all);
    };
  }
}
