package dev.aftercall.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.aftercall.identity.Signatures.Signer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tokens found good, by their digest, until they expire or their key is withdrawn. Refusals are not
 * kept: whoever makes up tokens would fill the cache with them.
 */
final class VerifiedTokens {
  private static final long LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

  private final Cache<Digest, Entry> entries;

  VerifiedTokens(int size, InstantSource clock) {
    this.entries =
        Caffeine.newBuilder()
            .maximumSize(size)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(Expiry.<Digest, Entry>writing((key, entry) -> entry.life))
            .executor(Runnable::run)
            .build();
  }

  private static final class Entry {
    final Caller caller;
    final Duration life;
    final TrustedIssuer issuer;
    final JWK key;
    volatile JWKSet seen;

    Entry(Caller caller, Duration life, TrustedIssuer issuer, Signer signer) {
      this.caller = caller;
      this.life = life;
      this.issuer = issuer;
      this.key = signer.key();
      this.seen = signer.among();
    }

    /** Asking for the current keys also keeps them fresh while only known tokens arrive. */
    @SuppressWarnings("ReferenceEquality") // the cheap question; equality is asked for below
    boolean keyStands(long nowMillis) throws KeySourceException {
      JWKSet current = issuer.keys().current(nowMillis);
      if (current != seen) {
        if (!current.getKeys().contains(key)) {
          return false;
        }
        seen = current;
      }
      return true;
    }
  }

  Optional<Caller> find(Digest token, long nowMillis) throws AuthenticationException {
    Entry entry = entries.getIfPresent(token);
    if (entry == null) {
      return Optional.empty();
    }
    try {
      if (entry.keyStands(nowMillis)) {
        return Optional.of(entry.caller);
      }
    } catch (KeySourceException e) {
      throw Refusal.keysUnavailable(entry.issuer.name());
    }
    entries.invalidate(token);
    return Optional.empty();
  }

  /** Keeps a caller until {@code exp}; the leeway after it is not worth an entry. */
  void keep(
      Digest token,
      Caller caller,
      long nowMillis,
      long expirySeconds,
      TrustedIssuer issuer,
      Signer signer) {
    // Bounded before it is multiplied: some tokens last until the end of time.
    long seconds = Math.min(LONGEST_SECONDS, expirySeconds - nowMillis / 1000);
    long life = seconds * 1000 - nowMillis % 1000;
    if (life > 0) {
      entries.put(token, new Entry(caller, Duration.ofMillis(life), issuer, signer));
    }
  }

  long size() {
    entries.cleanUp();
    return entries.estimatedSize();
  }
}
