package dev.aftercall.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A token to be signed: a person's, of Entra ID's version 2, until told otherwise. */
final class TestToken {
  static final UUID TENANT = UUID.fromString("7f1c1b0e-0f4e-4d53-9a2b-111111111111");
  static final UUID OTHER_TENANT = UUID.fromString("7f1c1b0e-0f4e-4d53-9a2b-222222222222");
  static final UUID USER = UUID.fromString("b935e675-5e67-48b9-8d45-249d5f88e964");
  static final String APP = "c0ffee00-0000-4000-8000-000000000001";
  static final String AUDIENCE = "https://graph.microsoft.com";

  private final Map<String, Object> claims = new HashMap<>();

  TestToken(String issuer, InstantSource clock) {
    long now = clock.instant().getEpochSecond();
    with("iss", issuer).with("aud", AUDIENCE).with("nbf", now).with("exp", now + 3600);
    with("tid", TENANT.toString()).with("azp", APP);
    with("oid", USER.toString()).with("sub", "pairwise-subject");
    with("scp", "OnlineMeetingRecording.Read.All User.Read");
    with("preferred_username", "ada@example.org");
  }

  TestToken with(String claim, Object value) {
    claims.put(claim, value);
    return this;
  }

  TestToken without(String... names) {
    for (String name : names) {
      claims.remove(name);
    }
    return this;
  }

  String signed(JWK key) {
    JWSAlgorithm algorithm = key instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
    return signed(key, new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build());
  }

  String signed(JWK key, JWSHeader header) {
    JWSObject object = new JWSObject(header, new Payload(claims));
    try {
      object.sign(key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey()));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return object.serialize();
  }

  Payload payload() {
    return new Payload(claims);
  }

  static Optional<String> bearer(String token) {
    return Optional.of("Bearer " + token);
  }
}
