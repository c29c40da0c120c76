package dev.aftercall.dev.issuer;

import dev.aftercall.digest.Sha256;
import java.util.Base64;
import java.util.Locale;

/** The challenge of RFC 7636 (PKCE) that a code was asked for with. */
record ProofKey(String challenge, boolean hashed) {
  static ProofKey parse(String challenge, String method) {
    return switch (method.toLowerCase(Locale.ROOT)) {
      case "s256" -> new ProofKey(challenge, true);
      case "plain" -> new ProofKey(challenge, false);
      default ->
          throw new OAuthException(
              OAuthError.MALFORMED_REQUEST, "code_challenge_method must be S256 or plain.");
    };
  }

  void check(String verifier) {
    if (!Secrets.same(challenge, hashed ? hash(verifier) : verifier)) {
      throw new OAuthException(
          OAuthError.PROOF_KEY_MISMATCH,
          "The Code_Verifier does not match the code_challenge supplied in the authorization"
              + " request.");
    }
  }

  private static String hash(String verifier) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier));
  }
}
