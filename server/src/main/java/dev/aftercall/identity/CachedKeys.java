package dev.aftercall.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * Keys fetched when first needed and kept fresh from then on, by the sources of nimbus-jose-jwt one
 * around the other: retry once, survive outages, limit the rate, cache and refresh ahead. We ask
 * the outermost one ourselves, since {@code JWKSource.get} would take the machine's clock.
 */
final class CachedKeys implements KeySource {
  /** A key withdrawn by its issuer is honoured no longer than this. */
  static final Duration KEPT = Duration.ofMinutes(5);

  /** The last part of {@link #KEPT}, in which a request starts a fetch without waiting for it. */
  static final Duration REFRESHED_AHEAD = Duration.ofMinutes(1);

  /**
   * Two fetches at most in this time, whoever asks: tokens with invented key ids must not turn us
   * into a hammer on the issuer. A new key is therefore known after this time at the latest.
   */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  /** How long keys outlive an issuer that does not answer; a working day's outage and sleep. */
  static final Duration OUTAGE = Duration.ofHours(12);

  private static final Duration WAIT = Duration.ofSeconds(15);

  private final JWKSetSource<SecurityContext> source;

  CachedKeys(JWKSetSource<SecurityContext> origin) {
    JWKSetBasedJWKSource<SecurityContext> chain =
        (JWKSetBasedJWKSource<SecurityContext>)
            JWKSourceBuilder.create(origin)
                .retrying(true)
                .outageTolerant(OUTAGE.toMillis())
                .rateLimited(INTERVAL.toMillis())
                .cache(KEPT.toMillis(), WAIT.toMillis())
                .refreshAheadCache(
                    REFRESHED_AHEAD.toMillis(),
                    null,
                    // The library's own executor is a thread that keeps the process from ending.
                    Executors.newVirtualThreadPerTaskExecutor(),
                    true,
                    null,
                    true)
                .build();
    this.source = chain.getJWKSetSource();
  }

  @Override
  public JWKSet current(long nowMillis) throws KeySourceException {
    return source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), nowMillis, null);
  }

  @Override
  public JWKSet newerThan(JWKSet seen, long nowMillis) {
    try {
      return source.getJWKSet(
          JWKSetCacheRefreshEvaluator.referenceComparison(seen), nowMillis, null);
    } catch (KeySourceException e) {
      return seen;
    }
  }
}
