package dev.aftercall.notification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.aftercall.time.Ids;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The tokens by which a subscriber tells our notifications from a stranger's. Clients look at
 * {@code aud}, their own application; at the tenant within {@code iss}; at {@code azp} or {@code
 * appid}, Graph's publisher of notifications; and at the signature, by keys that we publish.
 */
public final class ValidationTokens {
  /** The application that Graph sends notifications as. */
  static final String PUBLISHER = "0bf30f3b-4a52-48df-9a82-234910c4a086";

  private static final int BITS = 2_048;
  private static final Duration LIFE = Duration.ofHours(1);

  private final Supplier<String> kept;
  private final String sts;
  private final Ids ids;
  private final InstantSource clock;

  /** Signing is dear, and a token serves everything that one application is told meanwhile. */
  private final Cache<String, String> signed;

  /**
   * Signs with that key, which is asked for when something is to be signed: no start waits for it.
   *
   * @param kept what {@link #newKey} made
   * @param sts the host that issuers are named by, {@code sts.windows.net}
   */
  public ValidationTokens(Supplier<String> kept, String sts, Ids ids, InstantSource clock) {
    this.kept = kept;
    this.sts = sts;
    this.ids = ids;
    this.clock = clock;
    this.signed =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(LIFE.toSeconds() / 2))
            .ticker(() -> clock.millis() * 1_000_000L)
            .build();
  }

  private RSAKey key() {
    try {
      return RSAKey.parse(kept.get());
    } catch (ParseException e) {
      throw new IllegalStateException("The key that signs notifications cannot be read.", e);
    }
  }

  /** A new key, with its private part. */
  public static String newKey() {
    try {
      return new RSAKeyGenerator(BITS)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyIDFromThumbprint(true)
          .generate()
          .toJSONString();
    } catch (JOSEException e) {
      throw new IllegalStateException("No key to sign notifications with could be made.", e);
    }
  }

  /** The public half, as JSON. */
  public String publicKeys() {
    return new JWKSet(key().toPublicJWK()).toString();
  }

  /** The issuer of tokens for a tenant; {@code {tenantid}} stands for any. */
  public String issuer(String tenant) {
    return "https://" + sts + "/" + tenant + "/";
  }

  /** A token for an application in a tenant. */
  String token(UUID tenant, String appId) {
    return signed.get(tenant + "/" + appId, any -> sign(tenant, appId));
  }

  private String sign(UUID tenant, String appId) {
    Instant now = clock.instant();
    RSAKey key = key();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .audience(appId)
            .issuer(issuer(tenant.toString()))
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .claim("appid", PUBLISHER)
            .claim("azp", PUBLISHER)
            .claim("tid", tenant.toString())
            .claim("ver", "1.0")
            .jwtID(ids.guid().toString())
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("The key that signs notifications cannot sign.", e);
    }
    return token.serialize();
  }
}
