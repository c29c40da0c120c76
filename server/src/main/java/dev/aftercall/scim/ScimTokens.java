package dev.aftercall.scim;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Long-lived tokens by which a directory's provisioning calls. Only their hashes are kept. */
public interface ScimTokens {
  /**
   * A token, without its secret.
   *
   * @param issuer whose subjects are turned into object ids; empty for none
   * @param created ticks
   * @param revoked ticks
   */
  record Token(
      UUID id,
      UUID tenant,
      String name,
      Optional<String> issuer,
      long created,
      Optional<Long> revoked) {}

  /** The token that this bearer is, unless it is unknown or revoked. */
  Optional<Token> verify(String bearer);

  /**
   * Makes one.
   *
   * @param secret kept as a hash
   * @return the text to be used as bearer token; it is shown once
   */
  String create(Token token, String secret);

  /** Those of a tenant. */
  List<Token> list(UUID tenant);

  /** From now on it opens nothing; false when there is no such token or it was revoked before. */
  boolean revoke(UUID tenant, UUID id, long now);
}
