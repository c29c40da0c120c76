package dev.aftercall.http;

import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs page tokens and takes them back: base64url of the token and half an HMAC-SHA256 (RFC 2104,
 * 5) over it and the collection it belongs to. Base64url, because SDKs run links through RFC 6570,
 * where a brace would vanish.
 */
final class PageTokens {
  private static final int SIGNATURE = 16;

  /** A link must fit into a header field among others. */
  private static final int LONGEST = 2_000;

  /** Two items' ids differ by less: what could be carried at a page's beginning can at its end. */
  private static final int SLACK = 500;

  private final SecretKeySpec key;
  private final InstantSource clock;
  private final Duration lifetime;

  /**
   * Signs with that secret.
   *
   * @param lifetime of tokens in a delta
   */
  PageTokens(String secret, InstantSource clock, Duration lifetime) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /** The links of a page, issued now. */
  Map<String, String> links(ListPage page, ArtifactCollection it, String collection) {
    return links(page, it, collection, LONGEST);
  }

  /** The same at the end of a page whose beginning has been sent, and was asked {@link #links}. */
  Map<String, String> lastLinks(ListPage page, ArtifactCollection it, String collection) {
    return links(page, it, collection, LONGEST + SLACK);
  }

  private Map<String, String> links(
      ListPage page, ArtifactCollection it, String collection, int longest) {
    if (page.next().isPresent()) {
      return Map.of("@odata.nextLink", it.nextLink(seal(page.next().get(), collection, longest)));
    }
    return page.delta().isPresent()
        ? Map.of("@odata.deltaLink", it.deltaLink(seal(page.delta().get(), collection, longest)))
        : Map.of();
  }

  /**
   * The token's text, issued now.
   *
   * @param collection where alone it counts
   * @throws GraphException 400 when the query is too long to be carried on
   */
  String seal(PageToken token, String collection) {
    return seal(token, collection, LONGEST);
  }

  private String seal(PageToken token, String collection, int longest) {
    byte[] content = content(token);
    byte[] signed = Arrays.copyOf(content, content.length + SIGNATURE);
    System.arraycopy(signature(content, collection), 0, signed, content.length, SIGNATURE);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    if (text.length() > longest) {
      throw tooLong();
    }
    return text;
  }

  private byte[] content(PageToken token) {
    try {
      return PageTokenCodec.write(token.at(clock.instant().getEpochSecond()));
    } catch (UTFDataFormatException e) {
      throw tooLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GraphException tooLong() {
    return new GraphException(
        ErrorCode.BAD_REQUEST,
        "$filter is too long for a link to the next page to carry it. Use a shorter one.");
  }

  /**
   * Takes a token back.
   *
   * @throws GraphException 400 when it was not given out for that collection, or was altered
   */
  PageToken open(String text, String collection) {
    try {
      byte[] signed = Base64.getUrlDecoder().decode(text);
      int length = Math.max(0, signed.length - SIGNATURE);
      byte[] content = Arrays.copyOf(signed, length);
      byte[] signature = Arrays.copyOfRange(signed, length, signed.length);
      if (MessageDigest.isEqual(signature, signature(content, collection))) {
        return PageTokenCodec.read(content).orElseThrow(PageTokens::foreign);
      }
    } catch (IllegalArgumentException | IOException e) {
      throw foreign();
    }
    throw foreign();
  }

  private static GraphException foreign() {
    return new GraphException(
        ErrorCode.INVALID_REQUEST,
        "The token in the query was not given out by this server for this collection.",
        Optional.of(
            new GraphException.Inner(
                "TokenInvalid", "Follow links as they are; to start again, ask without a token.")),
        Map.of());
  }

  /** Whether a delta can no longer be continued by that token. */
  boolean expired(PageToken token) {
    return clock.instant().getEpochSecond() - token.issued() > lifetime.toSeconds();
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
