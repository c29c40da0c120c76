package dev.aftercall.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.config.Cloud;
import dev.aftercall.identity.IssuerOptions;
import dev.aftercall.identity.TrustedIssuer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Signs tokens of any caller, as Entra ID shapes them. */
public final class TestTokens {
  private static final String ISSUER = "https://issuer.test";

  /** Made once, since making RSA keys is slow. */
  private static final RSAKey KEY = key();

  private static final JWKSet PUBLIC = new JWKSet(KEY).toPublicJWKSet();

  private final InstantSource clock;
  private final Cloud cloud;

  /** Signs for that cloud by that clock. */
  public TestTokens(InstantSource clock, Cloud cloud) {
    this.clock = clock;
    this.cloud = cloud;
  }

  /** What the server under test is to trust. */
  TrustedIssuer issuer() {
    return TrustedIssuer.local(
        ISSUER::equals, () -> PUBLIC, IssuerOptions.entra(cloud.audiences()));
  }

  /** A person with the one scope that reading needs. */
  public Token user(UUID tenant, UUID oid) {
    return new Token(tenant, UUID.nameUUIDFromBytes(new byte[] {1}).toString())
        .with("idtyp", "user")
        .with("oid", oid.toString())
        .with("sub", "pairwise-subject")
        .with("upn", oid + "@example.org")
        .with("scp", RecordingAccess.READ_ALL);
  }

  /** An application with the one role that reading needs. */
  public Token app(UUID tenant, String appId) {
    return new Token(tenant, appId)
        .with("idtyp", "app")
        .with("oid", appId)
        .with("sub", appId)
        .with("roles", List.of(RecordingAccess.READ_ALL));
  }

  /** A token on its way; an hour from now it expires. */
  public final class Token {
    private final Map<String, Object> claims = new HashMap<>();

    private Token(UUID tenant, String appId) {
      long now = clock.instant().getEpochSecond();
      with("iss", ISSUER).with("aud", "https://" + cloud.graphHost());
      with("nbf", now).with("exp", now + 3_600);
      with("tid", tenant.toString()).with("appid", appId);
    }

    /** Sets a claim. */
    public Token with(String claim, Object value) {
      claims.put(claim, value);
      return this;
    }

    /** A person's scopes, separated by blanks. */
    public Token scopes(String scopes) {
      return with("scp", scopes);
    }

    /** An application's roles. */
    public Token roles(String... roles) {
      return with("roles", List.of(roles));
    }

    /** The instant it expires at. */
    public Token expires(Instant instant) {
      return with("exp", instant.getEpochSecond());
    }

    /** Signed, without the word Bearer. */
    public String signed() {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build();
      JWSObject token = new JWSObject(header, new Payload(claims));
      try {
        token.sign(new RSASSASigner(KEY));
      } catch (JOSEException e) {
        throw new IllegalStateException(e);
      }
      return token.serialize();
    }
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("test").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
