package dev.aftercall.identity;

import com.nimbusds.jose.KeySourceException;
import dev.aftercall.identity.Signatures.Signer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a bearer token into a caller, or refuses. Safe for use by many threads. A token seen before
 * costs its SHA-256 and a third of a microsecond, another one its signature, some 75 µs in all.
 */
public final class Authenticator {
  /** How many verified tokens are remembered, if nobody says otherwise. */
  public static final int DEFAULT_CACHE_SIZE = 10_000;

  /** How far the issuer's clock may be from ours, if nobody says otherwise. */
  public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);

  private final List<TrustedIssuer> issuers;
  private final InstantSource clock;
  private final long skewSeconds;
  private final VerifiedTokens verified;
  private final BiPredicate<UUID, UUID> deactivated;

  /** Trusts the given issuers, the first that knows a name first. */
  public Authenticator(List<TrustedIssuer> issuers, InstantSource clock) {
    this(issuers, clock, DEFAULT_CACHE_SIZE, DEFAULT_CLOCK_SKEW);
  }

  /**
   * Trusts the given issuers, the first that knows a name first.
   *
   * @param cacheSize how many verified tokens are remembered; 0 for none
   * @param clockSkew the leeway for {@code exp} and {@code nbf}; Microsoft's libraries give five
   *     minutes
   */
  public Authenticator(
      List<TrustedIssuer> issuers, InstantSource clock, int cacheSize, Duration clockSkew) {
    this(
        List.copyOf(issuers),
        clock,
        positive(clockSkew).toSeconds(),
        new VerifiedTokens(cacheSize, clock),
        (tenant, person) -> false);
  }

  private Authenticator(
      List<TrustedIssuer> issuers,
      InstantSource clock,
      long skewSeconds,
      VerifiedTokens verified,
      BiPredicate<UUID, UUID> deactivated) {
    this.issuers = issuers;
    this.clock = clock;
    this.skewSeconds = skewSeconds;
    this.verified = verified;
    this.deactivated = deactivated;
  }

  private static Duration positive(Duration clockSkew) {
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("the clock skew is negative");
    }
    return clockSkew;
  }

  /**
   * Fetches the keys of all issuers without waiting for them, so that the first caller need not
   * wait. Who cannot be reached now is asked again when a token comes.
   */
  public void prefetch() {
    long now = clock.millis();
    for (TrustedIssuer issuer : issuers) {
      Thread.startVirtualThread(
          () -> {
            try {
              issuer.keys().current(now);
            } catch (KeySourceException e) {
              LOG.debug("The keys of {} could not be fetched ahead", issuer.name(), e);
            }
          });
    }
  }

  /**
   * Who sends a request.
   *
   * @param authorizationHeader the value of the {@code Authorization} header field
   * @throws AuthenticationException when nobody we know does
   */
  public Caller authenticate(Optional<String> authorizationHeader) throws AuthenticationException {
    String token = BearerToken.in(authorizationHeader);
    Digest digest = Digest.of(token);
    long now = clock.millis();
    Optional<Caller> known = verified.find(digest, now);
    Caller caller = known.isPresent() ? known.get() : verify(BearerToken.parse(token), digest, now);
    if (caller instanceof Caller.User user && deactivated.test(user.tenant(), user.oid())) {
      throw Refusal.deactivated();
    }
    return caller;
  }

  /**
   * The same, refusing people whom a directory has deactivated, though their tokens live on.
   *
   * @param gone asked with tenant and object id at every request
   */
  public Authenticator refusing(BiPredicate<UUID, UUID> gone) {
    return new Authenticator(issuers, clock, skewSeconds, verified, gone);
  }

  private Caller verify(BearerToken token, Digest digest, long nowMillis)
      throws AuthenticationException {
    Claims claims = token.claims();
    String name =
        claims.text("iss").orElseThrow(() -> Refusal.missingClaim("MissingIssuer", "iss"));
    TrustedIssuer issuer =
        issuers.stream()
            .filter(one -> one.names().accept(name))
            .findFirst()
            .orElseThrow(() -> Refusal.unknownIssuer(name));
    CallerReader reader =
        new CallerReader(claims, issuer.options(), name, issuer.names().tenantIn(name));
    // Before the signature, since the keys of personal accounts are left out on purpose; refusing
    // believes nothing.
    if (reader.isPersonalAccount()) {
      throw Refusal.personalAccount();
    }
    Signer signer = Signatures.verify(token.jwt(), issuer, nowMillis);
    long expiry = requireInTime(claims, Math.floorDiv(nowMillis, 1000L));
    if (claims.audiences().noneMatch(issuer.options()::accepts)) {
      throw Refusal.wrongAudience(issuer.options().audiences());
    }
    if (!reader.isAccessToken()) {
      throw Refusal.notAnAccessToken();
    }
    Caller caller = reader.read();
    verified.keep(digest, caller, nowMillis, expiry, issuer, signer);
    return caller;
  }

  private long requireInTime(Claims claims, long nowSeconds) throws AuthenticationException {
    long expiry =
        claims.seconds("exp").orElseThrow(() -> Refusal.missingClaim("MissingExpiry", "exp"));
    if (nowSeconds - skewSeconds >= expiry) {
      throw Refusal.expired();
    }
    if (claims.has("nbf")
        && claims
                .seconds("nbf")
                .orElseThrow(() -> Refusal.malformedClaim("nbf", "a number of seconds"))
            > nowSeconds + skewSeconds) {
      throw Refusal.notYetValid();
    }
    return expiry;
  }

  /** How many verified tokens are remembered now; for metrics and tests. */
  public long remembered() {
    return verified.size();
  }
}
