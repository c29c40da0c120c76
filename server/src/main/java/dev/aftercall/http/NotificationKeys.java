package dev.aftercall.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.notification.ValidationTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where receivers of notifications find the keys that validation tokens are signed with, as they
 * would ask {@code https://login.microsoftonline.com/common/discovery/keys}.
 */
public final class NotificationKeys {
  private static final String ROOT = "/notifications/v1";

  private final ValidationTokens tokens;

  /** Publishes the keys of those tokens. */
  public NotificationKeys(ValidationTokens tokens) {
    this.tokens = tokens;
  }

  /** Discovery (OpenID Connect Discovery 1.0) and keys (RFC 7517). */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", ROOT + "/keys", Route.Admission.PUBLIC, this::keys),
        Route.of(
            "GET",
            ROOT + "/.well-known/openid-configuration",
            Route.Admission.PUBLIC,
            this::configuration));
  }

  private Answer keys(Request request) {
    return Answer.json(200, tokens.publicKeys().getBytes(StandardCharsets.UTF_8))
        .with("Cache-Control", "public, max-age=3600");
  }

  private Answer configuration(Request request) throws IOException {
    ObjectNode json = JsonBody.JSON.createObjectNode();
    json.put("issuer", tokens.issuer("{tenantid}"));
    json.put("jwks_uri", request.target().base() + ROOT + "/keys");
    json.putArray("id_token_signing_alg_values_supported").add("RS256");
    json.putArray("subject_types_supported").add("pairwise");
    json.putArray("response_types_supported").add("id_token");
    return Answer.json(200, JsonBody.JSON.writeValueAsBytes(json))
        .with("Cache-Control", "public, max-age=3600");
  }
}
