package dev.aftercall.http;

import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Gives page tokens out, signed for the collection they belong to, and takes them back. */
final class PageTokens {
  /** A link must fit into a header field among others. */
  private static final int LONGEST = 2_000;

  /** Two items' ids differ by less: what could be carried at a page's beginning can at its end. */
  private static final int SLACK = 500;

  private final SignedText signed;
  private final InstantSource clock;
  private final Duration lifetime;

  /**
   * Signs with that secret.
   *
   * @param lifetime of tokens in a delta
   */
  PageTokens(String secret, InstantSource clock, Duration lifetime) {
    this.signed = new SignedText(secret);
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
    String text = signed.seal(content(token), collection);
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
    byte[] content = signed.open(text, collection).orElseThrow(PageTokens::foreign);
    try {
      return PageTokenCodec.read(content).orElseThrow(PageTokens::foreign);
    } catch (IllegalArgumentException | IOException e) {
      throw foreign();
    }
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
}
