package dev.aftercall.identity;

import java.time.Instant;
import java.util.Optional;

/** When a token ends, for what outlives the request it came with. */
public final class TokenEnd {
  private TokenEnd() {}

  /**
   * The end of a token that {@link Authenticator} has let pass.
   *
   * @param authorizationHeader the value of the {@code Authorization} header field
   */
  public static Instant of(Optional<String> authorizationHeader) {
    try {
      long seconds =
          BearerToken.parse(BearerToken.in(authorizationHeader))
              .claims()
              .seconds("exp")
              .orElseThrow(() -> new IllegalStateException("A token without end was let pass."));
      // Years beyond 9999 are nobody's.
      return Instant.ofEpochSecond(Math.min(seconds, 250_000_000_000L));
    } catch (AuthenticationException e) {
      throw new IllegalStateException("A token that cannot be read was let pass.", e);
    }
  }
}
