package dev.aftercall.digest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-256 (RFC 2104), and how to compare what somebody brings. */
public final class Hmac {
  private Hmac() {}

  /** The 32 bytes over a message. */
  public static byte[] sha256(String secret, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA256, and a secret is not empty.", e);
    }
  }

  /** The same in 64 lower-case hexadecimal digits. */
  public static String hex(String secret, byte[] message) {
    return HexFormat.of().formatHex(sha256(secret, message));
  }

  /** The same over a text, as UTF-8. */
  public static String hex(String secret, String message) {
    return hex(secret, message.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether two texts are the same, in a time that tells nothing of where they differ. */
  public static boolean same(String expected, String brought) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), brought.getBytes(StandardCharsets.UTF_8));
  }
}
