package dev.aftercall.identity;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * How the tokens of one issuer are read.
 *
 * @param audiences the {@code aud} values meant for us, compared exactly but for one trailing
 *     slash; never empty, for a token meant for somebody else would let its holder in
 * @param claims where the facts are
 * @param fixedTenant the one tenant the issuer speaks for. Without it the issuer vouches for every
 *     tenant it names: right for Entra ID, wrong for a realm of one customer
 * @param applicationMark tells applications from people where neither {@code idtyp} nor the shape
 *     of the token does
 */
public record IssuerOptions(
    Set<String> audiences,
    ClaimNames claims,
    Optional<UUID> fixedTenant,
    Optional<ApplicationMark> applicationMark) {

  /**
   * A claim that marks an application's own token: its value is the prefix alone, or the prefix and
   * the client id. Keycloak names a service account {@code service-account-} and its client id; the
   * prefix alone would let a person in who registered under such a name.
   */
  public record ApplicationMark(String claim, String prefix) {
    /** What Keycloak's client credentials grant issues. */
    public static final ApplicationMark KEYCLOAK =
        new ApplicationMark("preferred_username", "service-account-");
  }

  /** Checks that there is an audience. */
  public IssuerOptions {
    audiences =
        audiences.stream().map(IssuerOptions::slashless).collect(Collectors.toUnmodifiableSet());
    if (audiences.isEmpty() || audiences.contains("")) {
      throw new IllegalArgumentException("an issuer needs at least one audience, none of it empty");
    }
  }

  /** For Entra ID. */
  public static IssuerOptions entra(Set<String> audiences) {
    return new IssuerOptions(audiences, ClaimNames.entra(), Optional.empty(), Optional.empty());
  }

  /** For a Keycloak realm that holds one tenant, with the roles of the given client. */
  public static IssuerOptions keycloak(Set<String> audiences, UUID tenant, String client) {
    return new IssuerOptions(
        audiences,
        ClaimNames.keycloak(client),
        Optional.of(tenant),
        Optional.of(ApplicationMark.KEYCLOAK));
  }

  boolean accepts(String audience) {
    return audiences.contains(slashless(audience));
  }

  private static String slashless(String audience) {
    return audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
  }
}
