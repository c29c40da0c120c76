package dev.aftercall.dev.issuer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Compares and hashes what nobody shall guess. */
final class Secrets {
  private Secrets() {}

  /** Takes the same time wherever they differ, and whatever their lengths. */
  static boolean same(String expected, String given) {
    return MessageDigest.isEqual(sha256(expected), sha256(given));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
