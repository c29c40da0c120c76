package dev.aftercall.time;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Where every identifier and every secret comes from, so that tests can foresee the first and
 * nobody can foresee the second.
 */
public interface Ids {
  /** A random (version 4) GUID, lower case, 36 characters. */
  UUID guid();

  /** An unguessable URL-safe secret of 256 bits, 43 characters. */
  String secret();

  /** Ids of the running product: {@link SecureRandom}. */
  static Ids secure() {
    SecureRandom random = new SecureRandom();
    return new Ids() {
      @Override
      public UUID guid() {
        return UUID.randomUUID();
      }

      @Override
      public String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      }
    };
  }

  /** Ids that repeat from run to run; for tests and never for secrets that guard anything. */
  static Ids repeatable(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Ids() {
      @Override
      public synchronized UUID guid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low);
      }

      @Override
      public synchronized String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      }
    };
  }
}
