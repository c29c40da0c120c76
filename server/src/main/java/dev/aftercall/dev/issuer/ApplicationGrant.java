package dev.aftercall.dev.issuer;

import java.util.Optional;

/** {@code client_credentials}: an application in its own right. */
final class ApplicationGrant implements Grant {
  static final String TYPE = "client_credentials";

  private final Resources resources;

  ApplicationGrant(Resources resources) {
    this.resources = resources;
  }

  @Override
  public Granted check(Exchange exchange, Client client) {
    client.mustBeProven();
    Scopes scopes = resources.asked(exchange);
    if (!scopes.everything()) {
      throw new OAuthException(
          OAuthError.SCOPE_NOT_DEFAULT,
          "The provided value for scope "
              + String.join(" ", scopes.asked())
              + " is not valid. Client credential flows must have a scope value with /.default"
              + " suffixed to the resource identifier (application ID URI).");
    }
    return new Granted(client, Optional.empty(), scopes, Optional.empty());
  }
}
