package dev.aftercall.dev.tls;

import dev.aftercall.dev.files.KeptFile;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** A certificate and the private key that goes with it, as two PEM files. */
record KeyHolder(X509Certificate certificate, PrivateKey key) {
  /**
   * Reads a pair.
   *
   * @return empty when a file is missing, cannot be read as what it should be, or when the key is
   *     another certificate's: the caller then makes a new pair
   */
  static Optional<KeyHolder> read(Path certificateFile, Path keyFile) throws IOException {
    if (!Files.exists(certificateFile) || !Files.exists(keyFile)) {
      return Optional.empty();
    }
    try {
      // The factory takes the first certificate of a chain and skips text before it.
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(Files.readAllBytes(certificateFile)));
      String pem = Files.readString(keyFile);
      String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
      PrivateKey key =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
      KeyHolder holder = new KeyHolder(certificate, key);
      return holder.belongTogether() ? Optional.of(holder) : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void writeKey(Path file) throws IOException {
    KeptFile.writeSecret(file, pem("PRIVATE KEY", key.getEncoded()));
  }

  String certificatePem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  X509Bundle asAuthority() {
    return X509Bundle.fromRootCertificateAuthority(
        certificate, new KeyPair(certificate.getPublicKey(), key));
  }

  private boolean belongTogether() throws GeneralSecurityException {
    byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
    Signature signing = Signature.getInstance("SHA256withECDSA");
    signing.initSign(key);
    signing.update(probe);
    byte[] signature = signing.sign();
    // By the bare key: given the certificate, the JDK asks for the usage digitalSignature.
    signing.initVerify(certificate.getPublicKey());
    signing.update(probe);
    return signing.verify(signature);
  }

  private static String pem(String label, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, lines.encodeToString(der));
  }
}
