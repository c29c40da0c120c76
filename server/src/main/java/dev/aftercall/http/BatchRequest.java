package dev.aftercall.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes of a batch's item the request that it would be by itself. */
final class BatchRequest {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private BatchRequest() {}

  /**
   * The request. Of the batch's header fields it inherits the token alone, unless it brings one.
   *
   * @throws GraphException 400, 405 or 414 when it is none
   */
  static Request of(BatchItem item, Request batch, Trace trace) {
    if (!METHODS.contains(item.method())) {
      throw new GraphException(
          ErrorCode.METHOD_NOT_ALLOWED,
          "In a batch the methods are GET, POST, PUT, PATCH, DELETE.");
    }
    Map<String, String> fields = new HashMap<>(item.headers());
    batch.header("Authorization").ifPresent(own -> fields.putIfAbsent("authorization", own));
    byte[] body = item.body().map(it -> bytes(it, fields)).orElseGet(() -> new byte[0]);
    return new Request(
        item.method(),
        BatchTarget.of(item.url(), batch.target().base(), batch.parameter("version")),
        name -> Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT))),
        new ByteArrayInputStream(body),
        body.length,
        trace,
        Optional.empty());
  }

  private static byte[] bytes(BatchItem.Body body, Map<String, String> fields) {
    String type = fields.getOrDefault("content-type", "");
    if (type.isEmpty()) {
      throw bad("A body needs a Content-Type among the request's headers.");
    }
    boolean json = BatchPart.json(type);
    return switch (body) {
      case BatchItem.Json(byte[] bytes) when json -> bytes;
      case BatchItem.Json other ->
          throw bad("A body of the type " + type + " must be a string in base64.");
      case BatchItem.Text(String text) when json -> quoted(text);
      case BatchItem.Text(String text) -> base64(text, type);
    };
  }

  private static byte[] quoted(String text) {
    return ('"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"')
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Graph documents the alphabet that is safe in URLs; SDKs write the other one too. */
  private static byte[] base64(String text, String type) {
    try {
      return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      throw bad("A body of the type " + type + " must be in base64, and this one is not.");
    }
  }

  private static GraphException bad(String message) {
    return new GraphException(ErrorCode.BAD_REQUEST, message);
  }
}
