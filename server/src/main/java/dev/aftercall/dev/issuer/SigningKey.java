package dev.aftercall.dev.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.aftercall.dev.files.KeptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;

/**
 * The key that signs development tokens: RSA of 2048 bits with RS256, as Entra's. Kept in a file,
 * so that tokens in a developer's shell survive a restart.
 */
public final class SigningKey {
  private static final int BITS = 2048;

  private final RSAKey key;
  private final JWSSigner signer;
  private final RSASSAVerifier verifier;

  private SigningKey(RSAKey key) throws JOSEException {
    this.key = key;
    this.signer = new RSASSASigner(key);
    this.verifier = new RSASSAVerifier(key.toRSAPublicKey());
  }

  /**
   * Reads the key, or makes one and keeps it.
   *
   * @param file a JWK with its private part, mode 0600
   * @throws IOException when the file cannot be read or written, or holds something else: a key
   *     that tokens may still be signed with is never overwritten
   */
  public static SigningKey loadOrCreate(Path file) throws IOException {
    try {
      if (Files.exists(file)) {
        RSAKey kept = RSAKey.parse(Files.readString(file));
        if (!kept.isPrivate() || kept.size() < BITS || kept.getKeyID() == null) {
          throw new IOException(
              file + " holds no private RSA key of 2048 bits with a key id; delete it to get one.");
        }
        return new SigningKey(kept);
      }
      RSAKey made =
          new RSAKeyGenerator(BITS)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
      KeptFile.writeSecret(file, made.toJSONString() + "\n");
      return new SigningKey(made);
    } catch (ParseException e) {
      throw new IOException(file + " is not a JSON Web Key; delete it to get a new one.", e);
    } catch (JOSEException e) {
      throw new IOException("No signing key could be made for " + file, e);
    }
  }

  /** The public half, as {@code jwks_uri} serves it. */
  public JWKSet publicKeys() {
    return new JWKSet(key.toPublicJWK());
  }

  String sign(JWTClaimsSet claims) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("The signing key cannot sign.", e);
    }
    return token.serialize();
  }

  /** Whether this key signed the token, with the one algorithm it signs with. */
  boolean signed(SignedJWT token) {
    try {
      return JWSAlgorithm.RS256.equals(token.getHeader().getAlgorithm()) && token.verify(verifier);
    } catch (JOSEException e) {
      return false;
    }
  }
}
