package dev.aftercall.http;

import java.util.Map;
import java.util.Optional;

/**
 * Lets scripts of any origin call Graph, as Graph itself does. It gives nothing away: a browser
 * adds no credential of its own, whoever calls must hold a token.
 */
final class Cors {
  private static final String EXPOSED =
      "ETag, Location, Content-Range, Content-Disposition, Accept-Ranges, Retry-After,"
          + " request-id, client-request-id, OData-Version";

  private Cors() {}

  /** The header fields that go with an answer to a script. */
  static Map<String, String> fields(Headers request) {
    return request.get("Origin").isEmpty()
        ? Map.of()
        : Map.of("Access-Control-Allow-Origin", "*", "Access-Control-Expose-Headers", EXPOSED);
  }

  /** The answer to a browser that asks whether a script may; empty when none asks. */
  static Optional<Answer> preflight(Request request) {
    boolean asks =
        request.method().equals("OPTIONS")
            && request.header("Access-Control-Request-Method").isPresent();
    return asks
        ? Optional.of(
            Answer.empty(204)
                .with("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
                .with(
                    "Access-Control-Allow-Headers",
                    request.header("Access-Control-Request-Headers").orElse("Authorization"))
                .with("Access-Control-Max-Age", "86400"))
        : Optional.empty();
  }
}
