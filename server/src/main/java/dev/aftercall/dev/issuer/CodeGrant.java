package dev.aftercall.dev.issuer;

import dev.aftercall.time.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code authorization_code}: what the sign-in page sent the browser back with. */
final class CodeGrant implements Grant {
  static final String TYPE = "authorization_code";

  private static final int MOST = 1_000;
  private static final Duration LIFE = Duration.ofMinutes(10);

  /** Who signed in, for which application, on which conditions. */
  record SignIn(
      DevApp app,
      DevUser user,
      Scopes scopes,
      String redirectUri,
      Optional<String> nonce,
      Optional<ProofKey> proofKey) {}

  /** Redeemed codes are kept to their end, so that a second use is told from a wrong code. */
  private record Code(SignIn signIn, AtomicBoolean redeemed) {}

  private final Tickets<Code> codes;
  private final Ids ids;

  CodeGrant(InstantSource clock, Ids ids) {
    this.codes = new Tickets<>(MOST, LIFE, clock);
    this.ids = ids;
  }

  /** A code for somebody who signed in. */
  String issue(SignIn signIn) {
    String code = "1." + ids.secret();
    codes.put(code, new Code(signIn, new AtomicBoolean()));
    return code;
  }

  @Override
  public Granted check(Exchange exchange, Client client) {
    String given = exchange.form().require("code");
    Code code =
        codes
            .get(given)
            .orElseThrow(
                () ->
                    new OAuthException(
                        OAuthError.CODE_EXPIRED,
                        "The provided authorization code or refresh token has expired due to"
                            + " inactivity, or was never issued. Send a new interactive"
                            + " authorization request."));
    SignIn signIn = code.signIn();
    if (!signIn.app().equals(client.app())) {
      throw new OAuthException(OAuthError.BAD_GRANT, "The code was issued to another application.");
    }
    if (!code.redeemed().compareAndSet(false, true)) {
      throw new OAuthException(
          OAuthError.CODE_REDEEMED,
          "OAuth2 Authorization code was already redeemed, please retry with a new valid code or"
              + " use an existing refresh token.");
    }
    if (!signIn.redirectUri().equals(exchange.form().require("redirect_uri"))) {
      throw new OAuthException(
          OAuthError.BAD_GRANT, "The redirect_uri is not the one the code was asked for with.");
    }
    if (signIn.proofKey().isPresent()) {
      signIn.proofKey().get().check(exchange.form().require("code_verifier"));
    } else {
      // Without a proof key, anybody who sees the code could redeem it.
      client.mustBeProven();
    }
    return new Granted(client, Optional.of(signIn.user()), signIn.scopes(), signIn.nonce());
  }
}
