package dev.aftercall.recorder;

import com.nimbusds.jwt.SignedJWT;
import dev.aftercall.digest.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/**
 * A JWT that a shared secret signed. The library reads it; its own verifier refuses secrets below
 * 256 bits, which recorders allow.
 */
public final class SignedToken {
  /** RFC 7518, 3.2, in Java's words. */
  private static final Map<String, String> MACS =
      Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512");

  private SignedToken() {}

  /**
   * Reads a token and proves it.
   *
   * @param only the one of HS256, HS384 and HS512 that counts; "" for any of them
   * @return empty when it is signed otherwise, or by another secret
   * @throws ParseException when it is none
   */
  public static Optional<SignedJWT> proved(String token, String secret, String only)
      throws ParseException {
    SignedJWT jwt = SignedJWT.parse(token);
    String algorithm = jwt.getHeader().getAlgorithm().getName();
    String mac = only.isEmpty() || only.equals(algorithm) ? MACS.get(algorithm) : null;
    // What must be understood (RFC 7515, 4.1.11) is understood by nobody here.
    boolean proved =
        mac != null
            && jwt.getHeader().getCriticalParams() == null
            && MessageDigest.isEqual(
                Hmac.of(mac, secret.getBytes(StandardCharsets.UTF_8), jwt.getSigningInput()),
                jwt.getSignature().decode());
    return proved ? Optional.of(jwt) : Optional.empty();
  }
}
