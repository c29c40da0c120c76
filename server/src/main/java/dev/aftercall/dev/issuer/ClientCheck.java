package dev.aftercall.dev.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

/**
 * Finds out which application calls: by a secret in the form, by HTTP Basic (RFC 6749, section
 * 2.3.1) or by an assertion signed with its certificate (RFC 7523).
 */
final class ClientCheck {
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final Directory directory;
  private final InstantSource clock;

  ClientCheck(Directory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** The application of that id, proven or not. */
  DevApp app(String clientId) {
    return directory
        .app(clientId)
        .orElseThrow(
            () ->
                new OAuthException(
                    OAuthError.UNKNOWN_APP,
                    "Application with identifier '%s' was not found in the directory '%s'."
                        .formatted(clientId, directory.tenant())));
  }

  /** The application behind a token request. */
  Client client(Exchange exchange) {
    Form form = exchange.form();
    Optional<String> basic =
        exchange
            .request()
            .header("Authorization")
            .filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6));
    if (basic.isPresent()) {
      return byBasic(basic.get().substring(6).strip());
    }
    if (form.get("client_assertion").isPresent()) {
      return byAssertion(exchange);
    }
    DevApp app = app(form.require("client_id"));
    return form.get("client_secret")
        .map(secret -> bySecret(app, secret))
        .orElseGet(() -> new Client(app, Client.Proof.NONE));
  }

  private Client byBasic(String base64) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon > 0) {
        DevApp app = app(decode(pair.substring(0, colon)));
        return bySecret(app, decode(pair.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      // answered below, as every other header that is not Basic's
    }
    throw new OAuthException(
        OAuthError.NO_PROOF, "The Authorization header is not HTTP Basic with id and secret.");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Client bySecret(DevApp app, String secret) {
    if (!Secrets.same(app.clientSecret(), secret)) {
      throw new OAuthException(
          OAuthError.WRONG_SECRET,
          "Invalid client secret provided. Ensure the secret being sent in the request is the"
              + " client secret value, not the client secret ID, for a secret added to app '"
              + app.clientId()
              + "'.");
    }
    return new Client(app, Client.Proof.SECRET);
  }

  private Client byAssertion(Exchange exchange) {
    String type = exchange.form().require("client_assertion_type");
    if (!type.equals(ASSERTION_TYPE)) {
      throw refused("client_assertion_type must be " + ASSERTION_TYPE + ".");
    }
    try {
      SignedJWT assertion = SignedJWT.parse(exchange.form().require("client_assertion"));
      JWTClaimsSet claims = assertion.getJWTClaimsSet();
      String id = String.valueOf(claims.getSubject());
      DevApp app = app(id);
      if (!id.equals(claims.getIssuer())
          || exchange.form().get("client_id").filter(given -> !given.equals(id)).isPresent()) {
        throw refused("iss, sub and client_id must all be the application's client id.");
      }
      X509Certificate certificate =
          app.certificate()
              .orElseThrow(
                  () ->
                      refused(
                          "The demo application '"
                              + app.displayName()
                              + "' has no certificate registered; use its client secret."));
      if (!signed(assertion, certificate)) {
        throw refused("The signature is not by the application's certificate.");
      }
      checkTimes(claims);
      // The audience is the token endpoint or the issuer, under the address the client used.
      if (claims.getAudience().stream().noneMatch(aud -> aud.startsWith(exchange.base() + "/"))) {
        throw refused("aud must be the token endpoint, " + exchange.base() + "/….");
      }
      return new Client(app, Client.Proof.CERTIFICATE);
    } catch (ParseException e) {
      throw refused("It is not a signed JWT.");
    }
  }

  private static boolean signed(SignedJWT assertion, X509Certificate certificate) {
    try {
      // Nimbus' verifier takes RSA signatures alone (RS256, PS256, …), so "none" cannot pass.
      return certificate.getPublicKey() instanceof RSAPublicKey key
          && assertion.verify(new RSASSAVerifier(key));
    } catch (JOSEException e) {
      return false;
    }
  }

  private void checkTimes(JWTClaimsSet claims) {
    Instant now = clock.instant();
    Date ends = claims.getExpirationTime();
    Date starts = claims.getNotBeforeTime();
    if (ends == null || ends.toInstant().isBefore(now)) {
      throw refused("It has expired, or says no exp.");
    }
    if (starts != null && starts.toInstant().isAfter(now.plusSeconds(300))) {
      throw refused("It is not valid yet.");
    }
  }

  private static OAuthException refused(String why) {
    return new OAuthException(OAuthError.BAD_ASSERTION, "Client assertion refused. " + why);
  }
}
