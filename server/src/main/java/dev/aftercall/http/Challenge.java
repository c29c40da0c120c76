package dev.aftercall.http;

import dev.aftercall.identity.AuthenticationException;
import java.util.Map;
import java.util.Optional;

/**
 * Says how to authenticate, as Graph does: {@code WWW-Authenticate} names the sign-in service.
 *
 * @param authorizationUri where a client gets its tokens; empty for the issuer at our own address
 */
record Challenge(Optional<String> authorizationUri) {
  /** Microsoft Graph's own application id, the audience of its tokens. */
  private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

  GraphException toError(AuthenticationException e, String base) {
    Optional<GraphException.Inner> inner =
        Optional.of(new GraphException.Inner(e.rule(), e.remedy()));
    return switch (e.kind()) {
      case UNAUTHENTICATED ->
          new GraphException(
              ErrorCode.INVALID_AUTHENTICATION_TOKEN,
              e.text(),
              inner,
              Map.of("WWW-Authenticate", field(base)));
      case FORBIDDEN -> new GraphException(ErrorCode.FORBIDDEN, e.text(), inner, Map.of());
      case UNAVAILABLE ->
          new GraphException(
              ErrorCode.SERVICE_UNAVAILABLE, e.text(), inner, Map.of("Retry-After", "10"));
    };
  }

  private String field(String base) {
    String uri = authorizationUri.orElse(base + "/common/oauth2/authorize");
    return "Bearer realm=\"\", authorization_uri=\"" + uri + "\", client_id=\"" + GRAPH + "\"";
  }
}
