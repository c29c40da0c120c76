package dev.aftercall.identity;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Which values of {@code iss} belong to one trusted issuer. */
sealed interface IssuerNames {
  /** How Entra ID writes "any tenant" in its documents. */
  String PLACEHOLDER = "{tenantid}";

  boolean accept(String issuer);

  /** The tenant an accepted name holds; the token's tenant claim has to be the same. */
  Optional<UUID> tenantIn(String issuer);

  /** Whether a published key that names its issuer may sign for one of these names. */
  boolean acceptKeyOf(String keyIssuer);

  /** One name, compared to the letter (OpenID Connect Core, section 3.1.3.7). */
  record Exactly(String name) implements IssuerNames {
    @Override
    public boolean accept(String issuer) {
      return name.equals(issuer);
    }

    @Override
    public Optional<UUID> tenantIn(String issuer) {
      return Optional.empty();
    }

    @Override
    public boolean acceptKeyOf(String keyIssuer) {
      return name.equals(keyIssuer) || keyIssuer.contains(PLACEHOLDER);
    }
  }

  /** What somebody else decides, within the process. */
  record Matching(Predicate<String> names) implements IssuerNames {
    @Override
    public boolean accept(String issuer) {
      return names.test(issuer);
    }

    @Override
    public Optional<UUID> tenantIn(String issuer) {
      return Optional.empty();
    }

    @Override
    public boolean acceptKeyOf(String keyIssuer) {
      return true;
    }
  }

  /**
   * Names that hold a tenant in place of {@link #PLACEHOLDER}.
   *
   * @param only the one tenant accepted; without it, every tenant is
   */
  record PerTenant(List<String> templates, Optional<UUID> only) implements IssuerNames {
    @Override
    public boolean accept(String issuer) {
      return tenantIn(issuer).isPresent();
    }

    @Override
    public Optional<UUID> tenantIn(String issuer) {
      return templates.stream()
          .flatMap(template -> between(template, issuer).flatMap(Guids::parse).stream())
          .filter(tenant -> only.isEmpty() || only.get().equals(tenant))
          .findFirst();
    }

    @Override
    public boolean acceptKeyOf(String keyIssuer) {
      return keyIssuer.contains(PLACEHOLDER)
          || (only.isPresent() && keyIssuer.contains(only.get().toString()));
    }

    private static Optional<String> between(String template, String issuer) {
      int at = template.indexOf(PLACEHOLDER);
      String before = template.substring(0, at);
      String after = template.substring(at + PLACEHOLDER.length());
      return issuer.length() > before.length() + after.length()
              && issuer.startsWith(before)
              && issuer.endsWith(after)
          ? Optional.of(issuer.substring(before.length(), issuer.length() - after.length()))
          : Optional.empty();
    }
  }
}
