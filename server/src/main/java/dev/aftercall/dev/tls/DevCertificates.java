package dev.aftercall.dev.tls;

import dev.aftercall.dev.files.KeptFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The certificates of a development server, kept in one folder. The authority stays the same for
 * its ten years, so whoever has come to trust {@code ca.pem} or {@code trust.p12} need not do so
 * again; only the server's own certificate is renewed, when it is about to expire or when other
 * names are asked for.
 *
 * @param ca the authority's certificate, PEM: curl's {@code --cacert}, {@code NODE_EXTRA_CA_CERTS}
 * @param chain the server's certificate followed by the authority's, PEM
 * @param key the server's private key, PKCS#8 in PEM, mode 0600
 * @param trustStore the authority's certificate for Java: {@code -Djavax.net.ssl.trustStore}; the
 *     password is {@link #TRUST_STORE_PASSWORD}
 */
public record DevCertificates(Path ca, Path chain, Path key, Path trustStore) {
  /** The password the JDK itself uses; the store holds nothing secret. */
  public static final String TRUST_STORE_PASSWORD = "changeit";

  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  /**
   * Uses what the folder holds, and makes what is missing, broken, about to expire or for other
   * names.
   *
   * @param extraNames host names or IP addresses beside localhost, 127.0.0.1 and ::1
   * @param clock the true time: clients judge certificates by theirs
   * @throws IllegalArgumentException when an extra name is neither host name nor IP address
   */
  public static DevCertificates loadOrCreate(
      Path folder, List<String> extraNames, InstantSource clock) throws IOException {
    Names names = Names.withLoopback(extraNames);
    DevCertificates files =
        new DevCertificates(
            folder.resolve("ca.pem"),
            folder.resolve("leaf.pem"),
            folder.resolve("leaf.key"),
            folder.resolve("trust.p12"));
    try {
      Instant now = clock.instant();
      KeyHolder authority = files.authority(folder.resolve("ca.key"), now);
      files.leaf(authority, names, now);
    } catch (GeneralSecurityException e) {
      throw new IOException("The development certificates could not be made in " + folder, e);
    }
    return files;
  }

  private KeyHolder authority(Path caKey, Instant now)
      throws IOException, GeneralSecurityException {
    Optional<KeyHolder> kept =
        KeyHolder.read(ca, caKey).filter(holder -> lasts(holder.certificate(), now));
    if (kept.isPresent()) {
      if (!Files.exists(trustStore)) {
        writeTrustStore(kept.get().certificate());
      }
      return kept.get();
    }
    KeyHolder made = make(() -> Authority.create(now));
    // The key first: a certificate without its key is made anew at the next start.
    made.writeKey(caKey);
    KeptFile.writeOpen(ca, made.certificatePem().getBytes(StandardCharsets.US_ASCII));
    writeTrustStore(made.certificate());
    return made;
  }

  private void leaf(KeyHolder authority, Names names, Instant now)
      throws IOException, GeneralSecurityException {
    Optional<KeyHolder> kept = KeyHolder.read(chain, key);
    if (kept.isPresent() && serves(kept.get().certificate(), authority, names, now)) {
      return;
    }
    KeyHolder made = make(() -> Authority.issue(authority, names, now));
    made.writeKey(key);
    KeptFile.writeOpen(
        chain,
        (made.certificatePem() + authority.certificatePem()).getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean serves(
      X509Certificate leaf, KeyHolder authority, Names names, Instant now) {
    try {
      leaf.verify(authority.certificate().getPublicKey());
      return lasts(leaf, now) && Names.of(leaf).equals(names);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean lasts(X509Certificate certificate, Instant now) {
    return !certificate.getNotBefore().toInstant().isAfter(now)
        && certificate.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE));
  }

  private void writeTrustStore(X509Certificate authority)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("aftercall-development-ca", authority);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, TRUST_STORE_PASSWORD.toCharArray());
    KeptFile.writeOpen(trustStore, bytes.toByteArray());
  }

  /** The builder declares {@code throws Exception}; what it means are failures to make keys. */
  private static KeyHolder make(Making making) throws GeneralSecurityException {
    try {
      return making.make();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new GeneralSecurityException(e);
    }
  }

  @FunctionalInterface
  private interface Making {
    KeyHolder make() throws Exception;
  }
}
