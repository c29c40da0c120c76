package dev.aftercall.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether a token was signed by a key of its issuer. */
final class Signatures {
  /**
   * What Entra ID, Keycloak and the rest sign with. The header chooses among these only: never
   * {@code none}, never a MAC, for which the public key would serve as the secret (RFC 8725, 3.1).
   */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  /** RFC 7519 and RFC 9068; another type is a signed statement that was meant for another use. */
  private static final Set<String> TYPES =
      Set.of("jwt", "at+jwt", "application/at+jwt", "application/jwt");

  private static final int MIN_RSA_BITS = 2048; // RFC 7518, section 3.3

  private Signatures() {}

  /** The key that signed, and the set it was found in. */
  record Signer(JWK key, JWKSet among) {}

  static Signer verify(SignedJWT token, TrustedIssuer issuer, long nowMillis)
      throws AuthenticationException {
    JWSHeader header = token.getHeader();
    requireAcceptable(header);
    JWKSet known;
    try {
      known = issuer.keys().current(nowMillis);
    } catch (KeySourceException e) {
      throw Refusal.keysUnavailable(issuer.name());
    }
    List<JWK> candidates = candidates(header, known);
    if (candidates.isEmpty()) {
      known = issuer.keys().newerThan(known, nowMillis);
      candidates = candidates(header, known);
    }
    for (JWK key : candidates) {
      if (signedWith(key, token)) {
        return new Signer(key, known);
      }
    }
    throw Refusal.badSignature(
        candidates.isEmpty()
            ? "The issuer publishes no key that fits the token's kid and alg; get a fresh token."
            : "The token was altered or not signed by its issuer; get a fresh one.");
  }

  private static void requireAcceptable(JWSHeader header) throws AuthenticationException {
    if (!ALGORITHMS.contains(header.getAlgorithm())) {
      throw Refusal.badSignature("Have the issuer sign with RS256, PS256 or ES256.");
    }
    if (header.getKeyID() == null || header.getKeyID().isBlank()) {
      throw Refusal.badSignature("Have the issuer name its key: the header has no kid.");
    }
    // Extensions a recipient must understand (RFC 7515, section 4.1.11): we understand none.
    if (header.getIncludedParams().contains("crit") || !header.isBase64URLEncodePayload()) {
      throw Refusal.badSignature("Have the issuer leave out crit and b64.");
    }
    JOSEObjectType type = header.getType();
    if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
      throw Refusal.notAnAccessToken();
    }
  }

  private static List<JWK> candidates(JWSHeader header, JWKSet keys) {
    return new JWKSelector(JWKMatcher.forJWSHeader(header)).select(keys);
  }

  private static boolean signedWith(JWK key, SignedJWT token) {
    try {
      JWSVerifier verifier =
          switch (key) {
            case RSAKey rsa when rsa.size() >= MIN_RSA_BITS -> new RSASSAVerifier(rsa);
            case ECKey ec -> new ECDSAVerifier(ec);
            default -> throw new JOSEException("no key we accept");
          };
      return token.verify(verifier);
    } catch (JOSEException e) {
      return false; // a key of another curve or length than the algorithm asks for
    }
  }
}
