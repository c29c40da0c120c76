package dev.aftercall.dev.issuer;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A demo application. Every application may also act as a public client (without its secret) where
 * a person signs in: Entra's "allow public client flows", switched on.
 *
 * @param clientId a GUID in Entra; any text without blanks here
 * @param roles its application permissions, consented: {@code roles} of its own tokens
 * @param delegatedScopes its delegated permissions, consented: what {@code .default} stands for
 * @param redirectUris addresses beside loopback ones that a sign-in may return to, compared as
 *     whole text
 * @param certificate the certificate its client assertions are signed with
 */
public record DevApp(
    String clientId,
    String clientSecret,
    String displayName,
    Set<String> roles,
    Set<String> delegatedScopes,
    Set<String> redirectUris,
    Optional<X509Certificate> certificate) {
  /** Copies the sets. */
  public DevApp {
    roles = Set.copyOf(roles);
    delegatedScopes = Set.copyOf(delegatedScopes);
    redirectUris = Set.copyOf(redirectUris);
  }

  /** An application that returns to loopback addresses alone and proves itself by its secret. */
  public DevApp(
      String clientId,
      String clientSecret,
      String displayName,
      Set<String> roles,
      Set<String> delegatedScopes) {
    this(clientId, clientSecret, displayName, roles, delegatedScopes, Set.of(), Optional.empty());
  }

  /** The object id of its service principal in that tenant: the same at every start. */
  UUID principal(UUID tenant) {
    return UUID.nameUUIDFromBytes((tenant + "/" + clientId).getBytes(StandardCharsets.UTF_8));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "DevApp[" + clientId + ", " + displayName + "]";
  }
}
