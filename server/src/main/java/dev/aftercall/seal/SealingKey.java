package dev.aftercall.seal;

import dev.aftercall.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An Ed25519 key in the data folder (RFC 8032), made when it is first needed: {@code
 * sealing-key.pem}, which only the owner can read, and {@code sealing-key.pub.pem} for everybody.
 */
public final class SealingKey {
  private static final String ALGORITHM = "Ed25519";
  private static final int ID_BYTES = 8;

  private final PrivateKey secret;
  private final PublicSeal open;

  private SealingKey(PrivateKey secret, PublicSeal open) {
    this.secret = secret;
    this.open = open;
  }

  /** The half that everybody may have: proves what the other half signed. */
  public record PublicSeal(String id, PublicKey key) {
    /** Reads a key in PEM. */
    public static PublicSeal read(Path file) throws IOException {
      try {
        byte[] der = pem(file, "PUBLIC KEY");
        PublicKey key =
            KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
        byte[] digest = Sha256.of(der);
        return new PublicSeal(HexFormat.of().formatHex(digest, 0, ID_BYTES), key);
      } catch (GeneralSecurityException e) {
        throw new IOException(file + " holds no Ed25519 public key in PEM.", e);
      }
    }

    /** Whether that is the key's signature of the text. */
    public boolean signed(String text, String signature) {
      try {
        Signature check = Signature.getInstance(ALGORITHM);
        check.initVerify(key);
        check.update(text.getBytes(StandardCharsets.UTF_8));
        return check.verify(Base64.getDecoder().decode(signature));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        return false;
      }
    }
  }

  /** The key in that folder; made when there is none. */
  public static SealingKey loadOrCreate(Path folder) throws IOException {
    Path file = folder.resolve("sealing-key.pem");
    if (!Files.exists(file)) {
      create(folder, file);
    }
    try {
      PrivateKey secret =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(pem(file, "PRIVATE KEY")));
      return new SealingKey(secret, PublicSeal.read(publicFile(folder)));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no Ed25519 private key in PEM.", e);
    }
  }

  /** Where the half for everybody lies. */
  public static Path publicFile(Path folder) {
    return folder.resolve("sealing-key.pub.pem");
  }

  private static void create(Path folder, Path file) throws IOException {
    try {
      Files.createDirectories(folder);
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      Files.writeString(publicFile(folder), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
      Path beside =
          Files.createTempFile(
              folder,
              ".sealing-key",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          beside,
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
          StandardOpenOption.WRITE,
          StandardOpenOption.DSYNC);
      Files.move(beside, file);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("Another process has just made " + file + "; try again.", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java from 15 on has Ed25519.", e);
    }
  }

  /** The half that everybody may have. */
  public PublicSeal open() {
    return open;
  }

  /** Signs a text; in base64. */
  public String sign(String text) {
    try {
      Signature signing = Signature.getInstance(ALGORITHM);
      signing.initSign(secret);
      signing.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signing.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The sealing key cannot sign.", e);
    }
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }

  private static byte[] pem(Path file, String what) throws IOException {
    String text =
        Files.readString(file)
            .replace("-----BEGIN " + what + "-----", "")
            .replace("-----END " + what + "-----", "");
    try {
      return Base64.getMimeDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no PEM.", e);
    }
  }
}
