package dev.aftercall.http;

import dev.aftercall.digest.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Signs what clients carry to us and back: base64url of the content and half an HMAC-SHA256 (RFC
 * 2104, 5) over it and the collection it belongs to. Base64url, because SDKs run links through RFC
 * 6570, where a brace would vanish.
 */
public final class SignedText {
  private static final int SIGNATURE = 16;

  private final byte[] key;

  /** Signs with that secret. */
  public SignedText(String secret) {
    this.key = secret.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The content as text, signed.
   *
   * @param collection where alone it counts
   */
  public String seal(byte[] content, String collection) {
    byte[] signed = Arrays.copyOf(content, content.length + SIGNATURE);
    System.arraycopy(signature(content, collection), 0, signed, content.length, SIGNATURE);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  /** The content; empty when it was not signed for that collection, or was altered. */
  public Optional<byte[]> open(String text, String collection) {
    byte[] signed;
    try {
      signed = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int length = Math.max(0, signed.length - SIGNATURE);
    byte[] content = Arrays.copyOf(signed, length);
    byte[] signature = Arrays.copyOfRange(signed, length, signed.length);
    return MessageDigest.isEqual(signature, signature(content, collection))
        ? Optional.of(content)
        : Optional.empty();
  }

  private byte[] signature(byte[] content, String collection) {
    byte[] place = (collection + '\0').getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(Hmac.sha256(key, place, content), SIGNATURE);
  }
}
