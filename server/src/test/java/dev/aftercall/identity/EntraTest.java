package dev.aftercall.identity;

import static dev.aftercall.identity.TestToken.AUDIENCE;
import static dev.aftercall.identity.TestToken.OTHER_TENANT;
import static dev.aftercall.identity.TestToken.TENANT;
import static dev.aftercall.identity.TestToken.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.identity.AuthenticationException.Kind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entra ID: many tenants behind one set of keys, two versions of tokens, one key not to trust. */
final class EntraTest {
  private static final URI STS = URI.create("https://sts.windows.net");
  private static final IssuerOptions OPTIONS = IssuerOptions.entra(Set.of(AUDIENCE));

  private final HandClock clock = new HandClock();
  private final FakeIssuer entra = new FakeIssuer(Keys.FIRST);
  private final Authenticator anyTenant = trusting(Optional.empty());
  private final Authenticator oneTenant = trusting(Optional.of(TENANT));

  @AfterEach
  void stop() {
    entra.close();
  }

  private Authenticator trusting(Optional<UUID> tenant) {
    return new Authenticator(
        List.of(TrustedIssuer.entra(entra.base(), STS, tenant, OPTIONS)), clock);
  }

  private String version1(UUID tenant) {
    return "https://sts.windows.net/" + tenant + "/";
  }

  private String version2(UUID tenant) {
    return entra.base() + "/" + tenant + "/v2.0";
  }

  private String token(String issuer, UUID tid) {
    return new TestToken(issuer, clock).with("tid", tid.toString()).signed(Keys.FIRST);
  }

  private static void refusedIssuer(Authenticator authenticator, String token) {
    Refused.token(authenticator, token)
        .as("UnknownIssuer", "Access token validation failure. Invalid issuer.");
  }

  @Test
  void bothVersionsOfEveryTenant() throws AuthenticationException {
    for (UUID tenant : List.of(TENANT, OTHER_TENANT)) {
      for (String issuer : List.of(version1(tenant), version2(tenant))) {
        assertThat(anyTenant.authenticate(bearer(token(issuer, tenant))).tenant())
            .isEqualTo(tenant);
      }
    }
    assertThat(entra.asked).containsExactly("/common/discovery/v2.0/keys");
  }

  @Test
  void bothVersionsOfOneTenant() throws AuthenticationException {
    for (String issuer : List.of(version1(TENANT), version2(TENANT))) {
      assertThat(oneTenant.authenticate(bearer(token(issuer, TENANT))).tenant()).isEqualTo(TENANT);
    }
    refusedIssuer(oneTenant, token(version1(OTHER_TENANT), OTHER_TENANT));
    refusedIssuer(oneTenant, token(version2(OTHER_TENANT), OTHER_TENANT));
    assertThat(entra.asked).containsExactly("/" + TENANT + "/discovery/v2.0/keys");
  }

  @Test
  void tenantOfIssuerAndClaimAreOne() {
    for (String issuer : List.of(version1(OTHER_TENANT), version2(OTHER_TENANT))) {
      Refused.token(anyTenant, token(issuer, TENANT))
          .as(
              "WrongTenant",
              "Access token validation failure. The claim 'tid' contradicts the issuer.");
      Refused.token(anyTenant, new TestToken(issuer, clock).without("tid").signed(Keys.FIRST))
          .as("MissingTenant", "Access token validation failure. The claim 'tid' is missing.");
    }
  }

  @Test
  void namesThatOnlyLookAlike() {
    for (String issuer :
        List.of(
            entra.base() + "/common/v2.0",
            entra.base() + "/{tenantid}/v2.0",
            entra.base() + "//v2.0",
            entra.base() + "/v2.0",
            entra.base() + "/" + TENANT + "/v2.0/",
            entra.base() + "/evil/" + TENANT + "/v2.0",
            "https://sts.windows.net/" + TENANT,
            "https://sts.windows.net.evil.example/" + TENANT + "/")) {
      refusedIssuer(anyTenant, token(issuer, TENANT));
    }
  }

  @Test
  void personalAccounts() {
    UUID personal = UUID.fromString(CallerReader.PERSONAL);
    Refused.token(anyTenant, token(version2(personal), personal))
        .as(Kind.FORBIDDEN, "PersonalAccount", "Personal Microsoft accounts are not supported.");
  }

  @Test
  void keyOfPersonalAccountsSignsForNoTenant() throws AuthenticationException {
    entra.keys = List.of();
    entra.publishFor(entra.base() + "/{tenantid}/v2.0", Keys.FIRST);
    entra.publishFor(entra.base() + "/" + CallerReader.PERSONAL + "/v2.0", Keys.SECOND);
    TestToken token = new TestToken(version2(TENANT), clock);
    for (Authenticator one : List.of(anyTenant, oneTenant)) {
      assertThat(one.authenticate(bearer(token.signed(Keys.FIRST))).tenant()).isEqualTo(TENANT);
      Refused.token(one, token.signed(Keys.SECOND)).asBadSignature();
    }
  }

  @Test
  void multiTenantByDiscovery() throws AuthenticationException {
    entra.discovery =
        Map.of("issuer", entra.base() + "/{tenantid}/v2.0", "jwks_uri", entra.base() + "/keys");
    for (String place : List.of("{tenantid}", "common", "organizations")) {
      Authenticator authenticator =
          new Authenticator(
              List.of(TrustedIssuer.discover(entra.base() + "/" + place + "/v2.0", OPTIONS)),
              clock);
      assertThat(authenticator.authenticate(bearer(token(version2(TENANT), TENANT))).tenant())
          .isEqualTo(TENANT);
      Refused.token(authenticator, token(version2(OTHER_TENANT), TENANT))
          .as(
              "WrongTenant",
              "Access token validation failure. The claim 'tid' contradicts the issuer.");
      refusedIssuer(authenticator, token(version1(TENANT), TENANT));
    }
    assertThat(entra.asked)
        .contains(
            "/common/v2.0/.well-known/openid-configuration",
            "/organizations/v2.0/.well-known/openid-configuration");
  }
}
