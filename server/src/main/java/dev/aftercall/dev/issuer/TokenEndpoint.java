package dev.aftercall.dev.issuer;

import dev.aftercall.http.Answer;
import dev.aftercall.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** {@code POST /{tenant}/oauth2/v2.0/token} and its older sister {@code /{tenant}/oauth2/token}. */
final class TokenEndpoint {
  private final Map<String, Grant> grants;
  private final ClientCheck clients;
  private final TokenMint mint;
  private final RefreshGrant refresh;
  private final UUID tenant;

  TokenEndpoint(
      Map<String, Grant> grants,
      ClientCheck clients,
      TokenMint mint,
      RefreshGrant refresh,
      UUID tenant) {
    this.grants = Map.copyOf(grants);
    this.clients = clients;
    this.mint = mint;
    this.refresh = refresh;
    this.tenant = tenant;
  }

  Answer token(Request request, Generation generation) throws IOException {
    Exchange exchange = new Exchange(request, Form.read(request), generation);
    String type = exchange.form().require("grant_type");
    Grant grant = grants.get(type);
    if (grant == null) {
      throw new OAuthException(
          OAuthError.UNSUPPORTED_GRANT,
          "The app requested an unsupported grant type '" + type + "'.");
    }
    Client client = clients.client(exchange);
    Grant.Granted granted = grant.check(exchange, client);
    TokenMint.Issue issue = new TokenMint.Issue(client, exchange.base(), generation);
    return Json.answer(
        200,
        granted
            .user()
            .map(user -> person(exchange, issue, granted, user))
            .orElseGet(() -> application(issue, granted)));
  }

  private Map<String, Object> application(TokenMint.Issue issue, Grant.Granted granted) {
    Scopes scopes = granted.scopes();
    TokenMint.Minted access =
        mint.application(issue, new Resources.Resource(scopes.audience(), scopes.graph()));
    return body(issue, access, scopes);
  }

  private Map<String, Object> person(
      Exchange exchange, TokenMint.Issue issue, Grant.Granted granted, DevUser user) {
    Scopes scopes = granted.scopes();
    DevApp app = granted.client().app();
    TokenMint.Minted access =
        mint.person(issue, user, scopes.audience(), String.join(" ", scopes.granted(app)));
    Map<String, Object> body = body(issue, access, scopes);
    body.put("scope", scopes.answered(app));
    if (scopes.signs(Scopes.OFFLINE)) {
      body.put("refresh_token", refresh.issue(app, user, scopes));
    }
    if (scopes.signs("openid")) {
      body.put("id_token", mint.identity(issue, user, granted.nonce()).token());
    }
    if (exchange.form().get("client_info").isPresent()) {
      body.put("client_info", clientInfo(user, tenant));
    }
    return body;
  }

  /** Version 1 writes its numbers as text, and says which resource the token is for. */
  private static Map<String, Object> body(
      TokenMint.Issue issue, TokenMint.Minted access, Scopes scopes) {
    // One second less than the token says, as in Entra: the answer takes time to arrive.
    long lasts = access.life().toSeconds() - 1;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("token_type", "Bearer");
    switch (issue.generation()) {
      case V1 -> {
        long starts = access.notBefore().getEpochSecond();
        body.put("expires_in", Long.toString(lasts));
        body.put("ext_expires_in", Long.toString(lasts));
        body.put("expires_on", Long.toString(starts + lasts + 1));
        body.put("not_before", Long.toString(starts));
        body.put("resource", scopes.audience());
      }
      case V2 -> {
        body.put("expires_in", lasts);
        body.put("ext_expires_in", lasts);
      }
    }
    body.put("access_token", access.token());
    return body;
  }

  /** What MSAL makes its account id of. */
  static String clientInfo(DevUser user, UUID tenant) {
    String json = "{\"uid\":\"" + user.oid() + "\",\"utid\":\"" + tenant + "\"}";
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
