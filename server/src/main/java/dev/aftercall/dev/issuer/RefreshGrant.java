package dev.aftercall.dev.issuer;

import dev.aftercall.time.Ids;
import java.time.Duration;
import java.time.InstantSource;

/**
 * {@code refresh_token}: a signed-in person again. Every use gives a new one and ends the old, so
 * that clients which forget to keep the new one are found out in development.
 */
final class RefreshGrant implements Grant {
  static final String TYPE = "refresh_token";

  private static final int MOST = 10_000;
  private static final Duration LIFE = Duration.ofDays(90);

  private record Kept(DevApp app, DevUser user, Scopes scopes) {}

  private final Tickets<Kept> tokens;
  private final Resources resources;
  private final Ids ids;

  RefreshGrant(Resources resources, InstantSource clock, Ids ids) {
    this.tokens = new Tickets<>(MOST, LIFE, clock);
    this.resources = resources;
    this.ids = ids;
  }

  /** A refresh token for what was granted. */
  String issue(DevApp app, DevUser user, Scopes scopes) {
    String token = "1." + ids.secret() + ids.secret();
    tokens.put(token, new Kept(app, user, scopes));
    return token;
  }

  @Override
  public Granted check(Exchange exchange, Client client) {
    Kept kept =
        tokens
            .take(exchange.form().require("refresh_token"))
            .filter(token -> token.app().equals(client.app()))
            .orElseThrow(
                () ->
                    new OAuthException(
                        OAuthError.BAD_GRANT,
                        "The provided value for the input parameter 'refresh_token' is not valid:"
                            + " it was used before, has expired, belongs to another application, or"
                            + " was issued before the server's last start."));
    boolean named =
        exchange.form().get("scope").isPresent() || exchange.form().get("resource").isPresent();
    Scopes scopes = named ? resources.asked(exchange) : kept.scopes();
    return Granted.to(client, kept.user(), scopes.withSignOf(kept.scopes()));
  }
}
