package dev.aftercall.http;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** The certificates that resource data is encrypted for. Trusted by nobody; only the key counts. */
final class EncryptionCertificates {
  private static final int LONGEST = 16_384;
  private static final int FEWEST_BITS = 2_048;
  private static final int MOST_BITS = 4_096;

  private EncryptionCertificates() {}

  /**
   * Looks whether data can be encrypted for it.
   *
   * @param base64 of DER
   * @throws GraphException 400 when it cannot
   */
  static void check(String base64) {
    if (base64.length() > LONGEST) {
      throw bad("It is longer than " + LONGEST + " characters.");
    }
    try {
      byte[] der = Base64.getDecoder().decode(base64.strip());
      var certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
      if (!(certificate.getPublicKey() instanceof RSAPublicKey key)) {
        throw bad("Its key is not RSA.");
      }
      int bits = key.getModulus().bitLength();
      if (bits < FEWEST_BITS || bits > MOST_BITS) {
        throw bad("Its key has " + bits + " bits; it must have from 2048 to 4096.");
      }
    } catch (IllegalArgumentException | CertificateException e) {
      throw bad(
          "It is not an X.509 certificate: base64 of DER, without line breaks or PEM's lines.");
    }
  }

  private static GraphException bad(String why) {
    return SubscriptionBody.bad("The encryptionCertificate cannot be used. " + why);
  }
}
