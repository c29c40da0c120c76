package dev.aftercall.cli;

import dev.aftercall.config.Cloud;
import dev.aftercall.config.Issuer;
import dev.aftercall.config.Settings;
import dev.aftercall.identity.ClaimNames;
import dev.aftercall.identity.IssuerOptions;
import dev.aftercall.identity.TrustedIssuer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The issuers that settings name, as the identity room knows them. */
final class Issuers {
  private Issuers() {}

  static List<TrustedIssuer> trusted(Settings settings) {
    Cloud cloud = settings.graph().cloud();
    return settings.issuers().stream().map(issuer -> trusted(issuer, cloud)).toList();
  }

  /** Where a client without a token is sent: Entra's sign-in, or the first issuer. */
  static String authorizationUri(Settings settings) {
    return settings.issuers().stream()
        .filter(issuer -> issuer.type() == Issuer.Type.OIDC)
        .findFirst()
        .map(issuer -> issuer.url().toString())
        .orElse("https://" + settings.graph().cloud().loginHost() + "/common/oauth2/authorize");
  }

  private static TrustedIssuer trusted(Issuer issuer, Cloud cloud) {
    IssuerOptions options = options(issuer, cloud);
    return switch (issuer.type()) {
      case ENTRA ->
          TrustedIssuer.entra(
              issuer.url().resolve("/"),
              URI.create("https://" + cloud.stsHost()),
              issuer.tenant(),
              options);
      case OIDC -> TrustedIssuer.discover(issuer.url().toString(), options);
    };
  }

  private static IssuerOptions options(Issuer issuer, Cloud cloud) {
    Set<String> audiences =
        issuer.audiences().isEmpty() ? cloud.audiences() : Set.copyOf(issuer.audiences());
    Issuer.Claims names = issuer.claims();
    ClaimNames claims =
        new ClaimNames(
            names.user(),
            names.tenant().orElse("tid"),
            names.scopes(),
            names.roles(),
            List.of(names.app(), "azp", "appid", "client_id"),
            List.of(names.name(), "upn", "preferred_username"),
            "app_displayname",
            names.directoryRoles());
    Optional<IssuerOptions.ApplicationMark> mark =
        issuer.applicationClaim().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new IssuerOptions.ApplicationMark(
                    issuer.applicationClaim(), issuer.applicationPrefix()));
    return new IssuerOptions(audiences, claims, issuer.tenant(), mark);
  }
}
