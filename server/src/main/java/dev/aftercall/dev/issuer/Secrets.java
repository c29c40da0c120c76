package dev.aftercall.dev.issuer;

import dev.aftercall.digest.Sha256;
import java.security.MessageDigest;

/** Compares what nobody shall guess. */
final class Secrets {
  private Secrets() {}

  /** Takes the same time wherever they differ, and whatever their lengths. */
  static boolean same(String expected, String given) {
    return MessageDigest.isEqual(Sha256.of(expected), Sha256.of(given));
  }
}
