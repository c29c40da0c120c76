package dev.aftercall.http.admin;

import dev.aftercall.http.ErrorCode;
import dev.aftercall.http.GraphException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Where a list goes on, signed for the tenant and the list it was given out for. */
final class SkipTokens {
  private static final int SIGNATURE = 16;

  private final SecretKeySpec key;

  SkipTokens(String secret) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  String seal(String after, String collection) {
    byte[] content = after.getBytes(StandardCharsets.UTF_8);
    byte[] signed = Arrays.copyOf(signature(content, collection), SIGNATURE + content.length);
    System.arraycopy(content, 0, signed, SIGNATURE, content.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  /**
   * Takes a token back.
   *
   * @throws GraphException 400 when it was not given out for that list
   */
  String open(String token, String collection) {
    try {
      byte[] signed = Base64.getUrlDecoder().decode(token);
      int length = Math.max(0, signed.length - SIGNATURE);
      byte[] content = Arrays.copyOfRange(signed, signed.length - length, signed.length);
      byte[] signature = Arrays.copyOf(signed, SIGNATURE);
      if (MessageDigest.isEqual(signature, signature(content, collection))) {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw foreign();
    }
    throw foreign();
  }

  private static GraphException foreign() {
    return new GraphException(
        ErrorCode.BAD_REQUEST,
        "The $skiptoken was not given out by this server for this list.",
        Optional.of(
            new GraphException.Inner(
                "TokenInvalid", "Follow links as they are; to start again, ask without a token.")),
        Map.of());
  }

  private byte[] signature(byte[] content, String collection) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(collection.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Arrays.copyOf(mac.doFinal(content), SIGNATURE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA256.", e);
    }
  }
}
