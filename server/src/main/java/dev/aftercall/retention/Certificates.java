package dev.aftercall.retention;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.aftercall.time.Ticks;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Certifies that something is gone: a JWS in compact form (RFC 7515), signed with ES256. It names
 * what it was, since when and why it was in the trash, and the hash of the bytes, and nothing that
 * was said.
 */
public final class Certificates {
  private static final JOSEObjectType TYPE = new JOSEObjectType("disposal+jwt");

  private final ECKey key;
  private final JWSHeader header;

  /**
   * With that key.
   *
   * @param key as {@link #newKey} once made it
   */
  public Certificates(String key) {
    try {
      this.key = ECKey.parse(key);
    } catch (ParseException e) {
      throw new IllegalStateException("The key of disposal certificates cannot be read.", e);
    }
    this.header =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).keyID(this.key.getKeyID()).build();
  }

  /** A new key, as JSON. */
  public static String newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate()
          .toJSONString();
    } catch (JOSEException e) {
      throw new IllegalStateException("No key for disposal certificates could be made.", e);
    }
  }

  /** What others verify with, as a JSON Web Key Set. */
  public String publicKeys() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /**
   * Certifies the end of an item.
   *
   * @param at ticks
   */
  Disposal certify(UUID id, ArchiveItem item, long at) {
    Map<String, Object> artifact = new LinkedHashMap<>();
    artifact.put("kind", item.kind().name().toLowerCase(java.util.Locale.ROOT));
    artifact.put("artifact", item.artifact().toString());
    artifact.put("id", item.id());
    item.meetingId().ifPresent(meeting -> artifact.put("meetingId", meeting));
    artifact.put("organizer", item.organizer().toString());
    artifact.put("createdDateTime", Ticks.format(item.created()));
    artifact.put("endDateTime", Ticks.format(item.ended()));
    artifact.put("size", item.size());
    artifact.put("sha256", item.sha256());
    Removal removal = item.removal().orElseThrow();
    Map<String, Object> removed = new LinkedHashMap<>();
    removed.put("removedDateTime", Ticks.format(removal.at()));
    removed.put("reason", removal.reason().name().toLowerCase(java.util.Locale.ROOT));
    removed.put("by", removal.by());
    if (!removal.rule().isEmpty()) {
      removed.put("rule", removal.rule());
    }
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", id.toString());
    claims.put("tenant", item.tenant().toString());
    claims.put("iat", Ticks.toInstant(at).getEpochSecond());
    claims.put("disposedDateTime", Ticks.format(at));
    claims.put("artifact", artifact);
    claims.put("removal", removed);
    JWSObject jws = new JWSObject(header, new Payload(claims));
    try {
      jws.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("A disposal certificate could not be signed.", e);
    }
    return new Disposal(id, item.tenant(), item.artifact(), at, jws.serialize());
  }

  /** What a certificate says, when it is one of ours and nobody changed it. */
  public Optional<Map<String, Object>> verify(String certificate) {
    try {
      JWSObject jws = JWSObject.parse(certificate.strip());
      boolean ours =
          JWSAlgorithm.ES256.equals(jws.getHeader().getAlgorithm())
              && TYPE.equals(jws.getHeader().getType())
              && jws.verify(new ECDSAVerifier(key.toPublicJWK()));
      return ours ? Optional.ofNullable(jws.getPayload().toJSONObject()) : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  /** What a certificate of our own store says, without a look at its signature. */
  public static Map<String, Object> claims(Disposal disposal) {
    try {
      return JWSObject.parse(disposal.certificate()).getPayload().toJSONObject();
    } catch (ParseException e) {
      throw new IllegalStateException("A disposal certificate cannot be read.", e);
    }
  }
}
