package dev.aftercall.dev.tls;

import dev.aftercall.digest.Sha256;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * Makes the certificates. Key usages and identifiers follow RFC 5280; the leaf's life stays below
 * the 398 days beyond which Apple's and Chromium's verifiers refuse a certificate.
 */
final class Authority {
  private static final Duration CA_LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(396);

  /** Clocks of containers and laptops disagree. */
  private static final Duration SKEW = Duration.ofDays(1);

  private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";

  private Authority() {}

  static KeyHolder create(Instant now) throws Exception {
    // The name carries a mark: OpenSSL looks an issuer up by name, and somebody who trusts the
    // authorities of two data folders must not see them taken for one another.
    String mark = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
    CertificateBuilder builder =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=Aftercall development CA " + mark + ",O=Aftercall")
            .notBefore(now.minus(SKEW))
            .notAfter(now.plus(CA_LIFE))
            .setIsCertificateAuthority(true)
            .setPathLengthConstraint(OptionalInt.of(0))
            .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign);
    // Twice, because netty-pkitesting 4.2.18 signs a self-signed certificate with a key of its own
    // making whatever pair it was given, and the identifier can be written when the key is known.
    X509Bundle draft = builder.buildSelfSigned();
    KeyPair pair = draft.getKeyPair();
    X509Bundle bundle =
        builder
            .copy()
            .publicKey(pair.getPublic())
            .addExtensionOctetString(
                SUBJECT_KEY_IDENTIFIER, false, octets(identifier(pair.getPublic())))
            .buildIssuedBy(draft);
    return new KeyHolder(bundle.getCertificate(), pair.getPrivate());
  }

  static KeyHolder issue(KeyHolder authority, Names names, Instant now) throws Exception {
    KeyPair pair = pair();
    CertificateBuilder builder =
        new CertificateBuilder()
            .ecp256()
            .keyPair(pair)
            .subject("CN=localhost,O=Aftercall")
            .notBefore(now.minus(SKEW))
            .notAfter(now.plus(LEAF_LIFE))
            .setIsCertificateAuthority(false)
            .setKeyUsage(true, KeyUsage.digitalSignature)
            .addExtendedKeyUsageServerAuth()
            .addExtensionOctetString(
                SUBJECT_KEY_IDENTIFIER, false, octets(identifier(pair.getPublic())))
            .addExtensionOctetString(
                AUTHORITY_KEY_IDENTIFIER,
                false,
                authorityIdentifier(identifier(authority.certificate().getPublicKey())));
    names.dns().forEach(builder::addSanDnsName);
    names.addresses().forEach(builder::addSanIpAddress);
    X509Bundle bundle = builder.buildIssuedBy(authority.asAuthority());
    return new KeyHolder(bundle.getCertificate(), pair.getPrivate());
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** RFC 7093, section 2, method 4: the hash of the whole SubjectPublicKeyInfo, cut to 160 bits. */
  private static byte[] identifier(PublicKey key) {
    return Arrays.copyOf(Sha256.of(key.getEncoded()), 20);
  }

  /** DER: OCTET STRING. */
  private static byte[] octets(byte[] id) {
    return der(0x04, id);
  }

  /** DER: SEQUENCE { [0] keyIdentifier }. */
  private static byte[] authorityIdentifier(byte[] id) {
    return der(0x30, der(0x80, id));
  }

  /** Lengths here stay below 128, where DER's length is one byte. */
  private static byte[] der(int tag, byte[] value) {
    byte[] all = new byte[value.length + 2];
    all[0] = (byte) tag;
    all[1] = (byte) value.length;
    System.arraycopy(value, 0, all, 2, value.length);
    return all;
  }
}
