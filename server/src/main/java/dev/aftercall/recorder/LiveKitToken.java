package dev.aftercall.recorder;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.aftercall.digest.Hmac;
import dev.aftercall.digest.Sha256;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

/**
 * The token that LiveKit signs a webhook with: HS256 by the API secret, {@code iss} the API key,
 * {@code sha256} the body's hash in Base64, valid for five minutes.
 */
final class LiveKitToken {
  /** How far two clocks may be apart. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private LiveKitToken() {}

  /** Proves that who knows the secret sent this body, and just now. */
  static void prove(Letter letter, String key, String secret) throws Unheard {
    String brought =
        letter
            .field("Authorization")
            .map(String::strip)
            .orElseThrow(
                () ->
                    Unheard.unproved(
                        "The header field Authorization is missing; LiveKit sends a JWT in it."));
    JWTClaimsSet claims =
        claims(
            brought.regionMatches(true, 0, "Bearer ", 0, 7) ? brought.substring(7) : brought,
            secret);
    if (!Hmac.same(key, String.valueOf(claims.getIssuer()))) {
      throw Unheard.unproved(
          "The token was issued by another API key. Set the source's key to LiveKit's API key.");
    }
    Instant ends = instant(claims.getExpirationTime()).orElse(Instant.MIN);
    Instant begins = instant(claims.getNotBeforeTime()).orElse(Instant.MIN);
    if (letter.at().isAfter(ends.plus(LEEWAY)) || letter.at().plus(LEEWAY).isBefore(begins)) {
      throw Unheard.unproved(
          "The token is not valid at this time. Set the clocks right on both sides.");
    }
    String hash = Base64.getEncoder().encodeToString(Sha256.of(letter.body()));
    if (!Hmac.same(hash, String.valueOf(claims.getClaim("sha256")))) {
      throw Unheard.unproved(
          "The token is for another body. Nothing on the way may change what LiveKit sends.");
    }
  }

  private static JWTClaimsSet claims(String token, String secret) throws Unheard {
    try {
      Optional<SignedJWT> jwt = SignedToken.proved(token, secret, "HS256");
      if (jwt.isPresent()) {
        return jwt.get().getJWTClaimsSet();
      }
    } catch (ParseException e) {
      throw Unheard.unproved("The header field Authorization holds no JWT as LiveKit signs them.");
    }
    throw Unheard.unproved(
        "The token is not signed by this source's secret. Set it to LiveKit's API secret.");
  }

  private static Optional<Instant> instant(Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }
}
