package dev.aftercall.digest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC (RFC 2104), and how to compare what somebody brings. */
public final class Hmac {
  private static final String SHA256 = "HmacSHA256";

  private Hmac() {}

  /** The 32 bytes over a message, which may come in pieces. */
  public static byte[] sha256(byte[] key, byte[]... message) {
    return of(SHA256, key, message);
  }

  /**
   * The bytes over a message by another hash.
   *
   * @param algorithm in Java's words, such as {@code HmacSHA512}
   */
  public static byte[] of(String algorithm, byte[] key, byte[]... message) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] piece : message) {
        mac.update(piece);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + algorithm + ".", e);
    }
  }

  /** The same with a secret that is text, as UTF-8. */
  public static byte[] sha256(String secret, byte[]... message) {
    return sha256(secret.getBytes(StandardCharsets.UTF_8), message);
  }

  /** The same in 64 lower-case hexadecimal digits. */
  public static String hex(String secret, byte[]... message) {
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
