package dev.aftercall.http;

import dev.aftercall.identity.Caller;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * One request as the routes see it: parsed, bounded, free of any server's types.
 *
 * @param method upper case
 * @param target what was asked for
 * @param headers the request's header fields
 * @param body the request's body, read by blocking; empty when there is none
 * @param contentLength the body's length in bytes, or -1 when the client did not say
 * @param trace the ids that name this request in answers and logs
 * @param caller who calls; empty on routes that need no token
 */
public record Request(
    String method,
    Target target,
    Headers headers,
    InputStream body,
    long contentLength,
    Trace trace,
    Optional<Caller> caller) {

  /**
   * What was asked for.
   *
   * @param base scheme and authority the client used or the configured public address, without a
   *     slash at the end: {@code https://localhost:8443}
   * @param path the path as it came, percent-encoded, without the query
   * @param query the query
   * @param parameters what the route's template caught, decoded, by name
   */
  public record Target(String base, String path, Query query, Map<String, String> parameters) {}

  /** The same request, once its route and its caller are known. */
  Request routed(Map<String, String> parameters, Optional<Caller> known) {
    return new Request(
        method,
        new Target(target.base(), target.path(), target.query(), parameters),
        headers,
        body,
        contentLength,
        trace,
        known);
  }

  /** The caller, on routes that need one. */
  public Caller requireCaller() {
    return caller.orElseThrow(() -> new IllegalStateException("The route asks for no token."));
  }

  /** The caught path parameter of that name; the route's template promises that it is there. */
  public String parameter(String name) {
    String value = target.parameters().get(name);
    if (value == null) {
      throw new IllegalStateException("The route's template does not name {" + name + "}.");
    }
    return value;
  }

  /** The service root (OData): address and version that the client called. */
  String serviceRoot() {
    return target.base() + "/" + parameter("version");
  }

  /** The header field of that name. */
  public Optional<String> header(String name) {
    return headers.get(name);
  }
}
