package dev.aftercall.dev.issuer;

import dev.aftercall.http.Answer;
import dev.aftercall.http.Request;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What libraries read before they ask for a token. Every address in it is the one the client came
 * by, because MSAL compares the issuer's host with the authority it was given.
 */
final class Discovery {
  private final Directory directory;
  private final SigningKey key;

  Discovery(Directory directory, SigningKey key) {
    this.directory = directory;
    this.key = key;
  }

  /** OpenID Connect discovery 1.0; MSAL reads the issuer and the endpoints. */
  Answer configuration(Request request, Generation generation) {
    String base = request.target().base();
    // The tenant as the client named it: it has been checked to be a word of ours.
    String tenant = base + "/" + request.parameter("tenant");
    boolean second = generation == Generation.V2;
    String oauth = tenant + (second ? "/oauth2/v2.0/" : "/oauth2/");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("issuer", generation.issuer(base, directory.tenant()));
    body.put("authorization_endpoint", oauth + "authorize");
    body.put("token_endpoint", oauth + "token");
    body.put("device_authorization_endpoint", oauth + "devicecode");
    body.put("jwks_uri", tenant + (second ? "/discovery/v2.0/keys" : "/discovery/keys"));
    body.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_post", "client_secret_basic", "private_key_jwt"));
    body.put("response_types_supported", List.of("code"));
    body.put("response_modes_supported", List.of("query", "fragment", "form_post"));
    body.put("grant_types_supported", DevIssuer.GRANT_TYPES);
    body.put("code_challenge_methods_supported", List.of("S256", "plain"));
    body.put("subject_types_supported", List.of("pairwise"));
    body.put("id_token_signing_alg_values_supported", List.of("RS256"));
    body.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
    body.put(
        "claims_supported",
        List.of(
            "sub",
            "iss",
            "aud",
            "exp",
            "iat",
            "nbf",
            "nonce",
            "oid",
            "tid",
            "name",
            "ver",
            "preferred_username"));
    body.put("request_uri_parameter_supported", false);
    return Json.answer(200, body);
  }

  /** The public keys that tokens are verified with. */
  Answer keys() {
    return Json.answer(200, key.publicKeys().toJSONObject());
  }

  /** Entra's instance discovery: the only instance is the one asked. */
  Answer instance(Request request) {
    String base = request.target().base();
    String host = URI.create(base).getAuthority();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "tenant_discovery_endpoint",
        base + "/" + directory.tenant() + "/v2.0/.well-known/openid-configuration");
    body.put("api-version", "1.1");
    body.put(
        "metadata",
        List.of(
            Map.of("preferred_network", host, "preferred_cache", host, "aliases", List.of(host))));
    return Json.answer(200, body);
  }

  /**
   * Entra's realm of a sign-in name, which msal4j asks before it sends a password. Always
   * "Managed": a name nobody has is told so by the token endpoint, in words MSAL shows.
   */
  Answer realm(Request request) {
    String user = request.parameter("user");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ver", "1.0");
    body.put("account_type", "Managed");
    body.put("domain_name", user.substring(user.indexOf('@') + 1));
    body.put("cloud_instance_name", "microsoftonline.com");
    body.put("cloud_audience_urn", "urn:federation:MicrosoftOnline");
    return Json.answer(200, body);
  }
}
