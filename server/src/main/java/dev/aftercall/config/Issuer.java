package dev.aftercall.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody whose tokens are believed.
 *
 * @param name what the operator calls it
 * @param url the issuer as discovery names it
 * @param tenant the only tenant this issuer speaks for; empty when a claim tells
 * @param audiences a token must be meant for one of them; empty for the Graph of the cloud
 * @param applicationClaim a token whose claim of this name starts with {@code applicationPrefix} is
 *     an application's own
 */
public record Issuer(
    String name,
    Type type,
    URI url,
    Optional<UUID> tenant,
    List<String> audiences,
    Claims claims,
    String applicationClaim,
    String applicationPrefix) {

  /** Whose dialect the tokens speak. */
  public enum Type {
    /** Any OpenID Connect provider, such as Keycloak. */
    OIDC,
    /** Microsoft Entra ID. */
    ENTRA
  }

  /**
   * Where a token says what; a dot steps into an object, as in {@code realm_access.roles}.
   *
   * @param tenant empty when tokens name no tenant
   */
  public record Claims(
      String user,
      Optional<String> tenant,
      String scopes,
      String roles,
      String app,
      String name,
      String directoryRoles) {}

  /** Checks that every token will lead to exactly one tenant. */
  public Issuer {
    audiences = List.copyOf(audiences);
    String prefix = Family.ISSUER.prefix() + name + ".";
    new Rules()
        .require(
            type == Type.OIDC || tenant.isPresent(),
            prefix + "tenant",
            "an entra issuer speaks for one tenant, and none is set",
            "the GUID of the tenant")
        .require(
            type == Type.ENTRA || tenant.isPresent() || claims.tenant().isPresent(),
            prefix + "tenant",
            "neither a fixed tenant nor a claim that names it is set",
            "a GUID here, or the name of a claim in " + prefix + "claim.tenant")
        .enforce();
  }
}
