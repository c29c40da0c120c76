package dev.aftercall.http.admin;

import dev.aftercall.http.GraphException;
import dev.aftercall.http.SignedText;
import java.nio.charset.StandardCharsets;

/** Where a list goes on, signed for the tenant and the list it was given out for. */
final class SkipTokens {
  private final SignedText signed;

  SkipTokens(String secret) {
    this.signed = new SignedText(secret);
  }

  String seal(String after, String collection) {
    return signed.seal(after.getBytes(StandardCharsets.UTF_8), collection);
  }

  /**
   * Takes a token back.
   *
   * @throws GraphException 400 when it was not given out for that list
   */
  String open(String token, String collection) {
    return signed
        .open(token, collection)
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .orElseThrow(SkipTokens::foreign);
  }

  private static GraphException foreign() {
    return AdminRequest.wrong(
        "TokenInvalid",
        "The $skiptoken was not given out by this server for this list.",
        "Follow links as they are; to start again, ask without a token.");
  }
}
