package dev.aftercall.dev.issuer;

import java.util.Optional;

/** One {@code grant_type}: what a client must bring to be given tokens. */
interface Grant {
  /**
   * Checks it.
   *
   * @throws OAuthException when it does not suffice
   */
  Granted check(Exchange exchange, Client client);

  /**
   * What tokens may now be written.
   *
   * @param user the person, or empty for the application in its own right
   */
  record Granted(Client client, Optional<DevUser> user, Scopes scopes, Optional<String> nonce) {
    static Granted to(Client client, DevUser user, Scopes scopes) {
      return new Granted(client, Optional.of(user), scopes, Optional.empty());
    }
  }
}
