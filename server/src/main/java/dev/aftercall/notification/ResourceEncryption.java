package dev.aftercall.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aftercall.digest.Hmac;
import dev.aftercall.notification.Subscription.Encryption;
import dev.aftercall.time.Ids;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts resource data as Graph does: AES-256-CBC with a key of its own for each item, whose
 * first half is the vector; HMAC-SHA256 over what came out, with that key; the key by RSA-OAEP with
 * SHA-1 for the subscriber's certificate.
 *
 * @see <a href="https://learn.microsoft.com/graph/change-notifications-with-resource-data">
 *     Decrypting resource data</a>
 */
final class ResourceEncryption {
  private static final int VECTOR = 16;
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final Ids ids;
  private final Cache<String, Recipient> recipients =
      Caffeine.newBuilder().maximumSize(10_000).build();

  ResourceEncryption(Ids ids) {
    this.ids = ids;
  }

  private record Recipient(PublicKey key, String thumbprint) {
    static Recipient of(String certificate) {
      try {
        byte[] der = Base64.getDecoder().decode(certificate);
        Certificate read =
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(der);
        return new Recipient(read.getPublicKey(), HexFormat.of().withUpperCase().formatHex(digest));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("A certificate that was taken cannot be read.", e);
      }
    }
  }

  ObjectNode encrypt(Encryption wish, byte[] plain) {
    Recipient recipient = recipients.get(wish.certificate(), Recipient::of);
    byte[] key = Base64.getUrlDecoder().decode(ids.secret());
    try {
      Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
      aes.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(Arrays.copyOf(key, VECTOR)));
      byte[] data = aes.doFinal(plain);
      Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
      rsa.init(Cipher.ENCRYPT_MODE, recipient.key());
      return JsonNodeFactory.instance
          .objectNode()
          .put("data", BASE64.encodeToString(data))
          .put("dataSignature", BASE64.encodeToString(Hmac.sha256(key, data)))
          .put("dataKey", BASE64.encodeToString(rsa.doFinal(key)))
          .put("encryptionCertificateId", wish.certificateId())
          .put("encryptionCertificateThumbprint", recipient.thumbprint());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Resource data could not be encrypted.", e);
    }
  }
}
