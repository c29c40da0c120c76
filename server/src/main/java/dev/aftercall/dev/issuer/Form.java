package dev.aftercall.dev.issuer;

import dev.aftercall.http.GraphException;
import dev.aftercall.http.Query;
import dev.aftercall.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The fields of a form or a query; an empty field counts as absent (RFC 6749, section 3.1). */
record Form(Query fields) {
  /** Far above any form of OAuth's, assertions included. */
  static final int LIMIT = 64 * 1024;

  /** Reads a form body of at most {@link #LIMIT} bytes. */
  static Form read(Request request) throws IOException {
    byte[] body =
        request.contentLength() > LIMIT ? new byte[0] : request.body().readNBytes(LIMIT + 1);
    if (request.contentLength() > LIMIT || body.length > LIMIT) {
      throw new OAuthException(
          OAuthError.TOO_LARGE, "The form is larger than " + LIMIT + " bytes.");
    }
    try {
      return of(Query.parse(new String(body, StandardCharsets.UTF_8)));
    } catch (GraphException e) {
      throw new OAuthException(OAuthError.MALFORMED_REQUEST, e.text());
    }
  }

  /** A query read as a form; no field may come twice. */
  static Form of(Query query) {
    query
        .values()
        .forEach(
            (name, values) -> {
              if (values.size() > 1) {
                throw new OAuthException(
                    OAuthError.REPEATED_PARAMETER,
                    "The parameter '" + name + "' came more than once.");
              }
            });
    return new Form(query);
  }

  Optional<String> get(String name) {
    return fields.first(name).filter(value -> !value.isEmpty());
  }

  String require(String name) {
    return get(name)
        .orElseThrow(
            () ->
                new OAuthException(
                    OAuthError.MISSING_PARAMETER,
                    "The request body must contain the following parameter: '" + name + "'."));
  }
}
