package dev.aftercall.config;

import static dev.aftercall.config.ValueTypes.guid;
import static dev.aftercall.config.ValueTypes.listOf;
import static dev.aftercall.config.ValueTypes.oneOf;
import static dev.aftercall.config.ValueTypes.optional;
import static dev.aftercall.config.ValueTypes.text;
import static dev.aftercall.config.ValueTypes.url;

import dev.aftercall.config.Issuer.Claims;
import dev.aftercall.config.Key.ByIssuer;
import dev.aftercall.config.Key.Default;
import dev.aftercall.config.Key.Fallback;
import dev.aftercall.config.Key.Required;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The keys that every issuer has under its own name. */
final class IssuerKeys {
  private static final List<Key<Issuer, ?>> DECLARED = new ArrayList<>();

  static final Key<Issuer, Issuer.Type> TYPE =
      key(
          "type",
          oneOf(Issuer.Type.class),
          new Required(),
          "Whose dialect the tokens speak: any OpenID Connect provider's, or Entra's.",
          Issuer::type);

  static final Key<Issuer, Optional<URI>> URL =
      key(
          "url",
          optional(url()),
          new Default(""),
          "The issuer as discovery names it. Required for oidc; for entra, that of the tenant in"
              + " the cloud of graph.cloud.",
          issuer -> Optional.of(issuer.url()));

  static final Key<Issuer, Optional<UUID>> TENANT =
      key(
          "tenant",
          optional(guid()),
          new Default(""),
          "The one tenant it speaks for. Required for entra, and for oidc without claim.tenant.",
          Issuer::tenant);

  static final Key<Issuer, List<String>> AUDIENCES =
      key(
          "audiences",
          listOf(text()),
          new Default(""),
          "Values of aud that mean Aftercall; empty means the Graph of graph.cloud.",
          Issuer::audiences);

  static final Key<Issuer, String> CLAIM_USER =
      claim("user", "oid", "sub", "Claim with the id of the person, a GUID.", Claims::user);

  static final Key<Issuer, Optional<String>> CLAIM_TENANT =
      key(
          "claim.tenant",
          optional(text()),
          new ByIssuer("tid", ""),
          "Claim with the tenant, a GUID.",
          issuer -> issuer.claims().tenant());

  static final Key<Issuer, String> CLAIM_SCOPES =
      claim("scopes", "scp", "scope", "Claim with a person's permissions.", Claims::scopes);

  static final Key<Issuer, String> CLAIM_ROLES =
      claim("roles", "roles", "roles", "Claim with an application's permissions.", Claims::roles);

  static final Key<Issuer, String> CLAIM_APP =
      claim("app", "azp", "azp", "Claim with the id of the application.", Claims::app);

  static final Key<Issuer, String> CLAIM_NAME =
      claim(
          "name",
          "preferred_username",
          "preferred_username",
          "Claim with the person's sign-in name.",
          Claims::name);

  static final Key<Issuer, String> CLAIM_DIRECTORY_ROLES =
      claim(
          "directory-roles",
          "wids",
          "wids",
          "Claim with template ids of the person's directory roles, such as Teams Administrator.",
          Claims::directoryRoles);

  static final Key<Issuer, String> APPLICATION_CLAIM =
      key(
          "application-claim",
          text(),
          new ByIssuer("idtyp", "preferred_username"),
          "Claim that tells an application's own token from a person's.",
          Issuer::applicationClaim);

  static final Key<Issuer, String> APPLICATION_PREFIX =
      key(
          "application-prefix",
          text(),
          new ByIssuer("app", "service-account-"),
          "What application-claim begins with in an application's own token.",
          Issuer::applicationPrefix);

  /** All of them, as declared. */
  static final List<Key<Issuer, ?>> ALL = List.copyOf(DECLARED);

  private IssuerKeys() {}

  private static Key<Issuer, String> claim(
      String what, String entra, String oidc, String description, Function<Claims, String> reader) {
    return key(
        "claim." + what,
        text(),
        new ByIssuer(entra, oidc),
        description,
        issuer -> reader.apply(issuer.claims()));
  }

  private static <T> Key<Issuer, T> key(
      String name,
      ValueType<T> type,
      Fallback fallback,
      String description,
      Function<Issuer, T> reader) {
    Key<Issuer, T> key =
        new Key<>(Family.ISSUER.template(name), type, fallback, false, description, reader);
    DECLARED.add(key);
    return key;
  }
}
