package dev.aftercall.identity;

import static dev.aftercall.identity.TestToken.APP;
import static dev.aftercall.identity.TestToken.AUDIENCE;
import static dev.aftercall.identity.TestToken.OTHER_TENANT;
import static dev.aftercall.identity.TestToken.TENANT;
import static dev.aftercall.identity.TestToken.USER;
import static dev.aftercall.identity.TestToken.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.JWKSet;
import dev.aftercall.identity.IssuerOptions.ApplicationMark;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who a token speaks of, by the shapes real issuers give their tokens. */
final class CallerTest {
  private static final String ISSUER = "https://issuer.example/one";
  private static final String ROLE = "OnlineMeetingRecording.Read.All";
  private static final IssuerOptions ENTRA = IssuerOptions.entra(Set.of(AUDIENCE));
  private static final IssuerOptions KEYCLOAK =
      IssuerOptions.keycloak(Set.of("aftercall"), TENANT, "my.aftercall");

  private final HandClock clock = new HandClock();
  private final JWKSet keys = new JWKSet(Keys.FIRST.toPublicJWK());

  private Authenticator authenticator(IssuerOptions options) {
    return new Authenticator(
        List.of(TrustedIssuer.local(ISSUER::equals, () -> keys, options)), clock);
  }

  private Caller read(IssuerOptions options, TestToken token) throws AuthenticationException {
    return authenticator(options).authenticate(bearer(token.signed(Keys.FIRST)));
  }

  private Refused refused(IssuerOptions options, TestToken token) {
    return Refused.token(authenticator(options), token.signed(Keys.FIRST));
  }

  private TestToken token() {
    return new TestToken(ISSUER, clock);
  }

  private TestToken entraApplication() {
    return token()
        .without("scp", "preferred_username")
        .with("sub", USER.toString())
        .with("roles", List.of(ROLE));
  }

  /** As the client credentials grant of Keycloak 26 issues them, less what does not matter. */
  private TestToken keycloak() {
    return token()
        .without("tid", "oid", "scp")
        .with("aud", List.of("aftercall", "account"))
        .with("typ", "Bearer")
        .with("azp", "recorder")
        .with("sub", USER.toString())
        .with("scope", "email profile")
        .with("realm_access", Map.of("roles", List.of("offline_access")))
        .with("resource_access", Map.of("my.aftercall", Map.of("roles", List.of(ROLE))));
  }

  @Test
  void entraUser() throws AuthenticationException {
    Caller user = new Caller.User(TENANT, APP, USER, "ada@example.org", Set.of(ROLE, "User.Read"));
    assertThat(read(ENTRA, token())).isEqualTo(user);
    assertThat(read(ENTRA, token().with("idtyp", "user").with("roles", List.of("Admin"))))
        .isEqualTo(user);
    TestToken version1 =
        token()
            .without("azp", "preferred_username")
            .with("appid", APP)
            .with("upn", "ada@example.org");
    assertThat(read(ENTRA, version1)).isEqualTo(user);
  }

  @Test
  void entraApplication1And2() throws AuthenticationException {
    Caller application = new Caller.Application(TENANT, APP, APP, Set.of(ROLE));
    assertThat(read(ENTRA, entraApplication())).isEqualTo(application);
    assertThat(read(ENTRA, entraApplication().with("idtyp", "app"))).isEqualTo(application);
    assertThat(read(ENTRA, entraApplication().without("oid"))).isEqualTo(application);
    assertThat(
            read(
                ENTRA,
                entraApplication()
                    .without("azp")
                    .with("appid", APP)
                    .with("app_displayname", "Archive")))
        .isEqualTo(new Caller.Application(TENANT, APP, "Archive", Set.of(ROLE)));
  }

  @Test
  void applicationWithoutRolesIsStillOne() throws AuthenticationException {
    assertThat(read(ENTRA, entraApplication().without("roles")))
        .isEqualTo(new Caller.Application(TENANT, APP, APP, Set.of()));
  }

  @Test
  void scopesMakeAPersonWhateverTheRoles() throws AuthenticationException {
    assertThat(read(ENTRA, entraApplication().with("scp", ""))).isInstanceOf(Caller.User.class);
  }

  @Test
  void scopesAsArray() throws AuthenticationException {
    Caller.User user = (Caller.User) read(ENTRA, token().with("scp", List.of("a", "b")));
    assertThat(user.scopes()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void keycloakServiceAccount() throws AuthenticationException {
    TestToken token = keycloak().with("preferred_username", "service-account-recorder");
    assertThat(read(KEYCLOAK, token))
        .isEqualTo(new Caller.Application(TENANT, "recorder", "recorder", Set.of(ROLE)));
  }

  @Test
  void keycloakUser() throws AuthenticationException {
    assertThat(read(KEYCLOAK, keycloak()))
        .isEqualTo(
            new Caller.User(
                TENANT, "recorder", USER, "ada@example.org", Set.of("email", "profile")));
  }

  @Test
  void nobodyBecomesAnApplicationByChoosingAName() throws AuthenticationException {
    for (String name : List.of("service-account-other", "service-account-recorder2")) {
      assertThat(read(KEYCLOAK, keycloak().with("preferred_username", name)))
          .isInstanceOf(Caller.User.class);
    }
  }

  @Test
  void markWithoutClientId() throws AuthenticationException {
    IssuerOptions marked =
        new IssuerOptions(
            ENTRA.audiences(),
            ENTRA.claims(),
            Optional.empty(),
            Optional.of(new ApplicationMark("gty", "client-credentials")));
    assertThat(read(marked, token().with("gty", "client-credentials")))
        .isInstanceOf(Caller.Application.class);
    assertThat(read(marked, entraApplication())).isInstanceOf(Caller.User.class);
  }

  @Test
  void subjectEqualToTheClient() throws AuthenticationException {
    IssuerOptions plain =
        new IssuerOptions(
            KEYCLOAK.audiences(), KEYCLOAK.claims(), Optional.of(TENANT), Optional.empty());
    TestToken token = keycloak().without("scope");
    assertThat(read(plain, token.with("sub", "recorder"))).isInstanceOf(Caller.Application.class);
    refused(plain, token.with("sub", "ada"))
        .as(
            "UnknownCallerKind",
            "Access token validation failure. The token tells neither a user nor an application.");
  }

  @Test
  void rolesAnywhere() throws AuthenticationException {
    TestToken token =
        keycloak()
            .with("preferred_username", "service-account-recorder")
            .with("https://example.org/roles", List.of("literal"));
    assertThat(roles("realm_access.roles", token)).containsExactly("offline_access");
    assertThat(roles("https://example.org/roles", token)).containsExactly("literal");
    assertThat(roles("realm_access.nothing", token)).isEmpty();
    assertThat(roles("azp.roles", token)).isEmpty();
  }

  private Set<String> roles(String name, TestToken token) throws AuthenticationException {
    IssuerOptions options =
        new IssuerOptions(
            KEYCLOAK.audiences(),
            KEYCLOAK.claims().withRoles(name),
            KEYCLOAK.fixedTenant(),
            KEYCLOAK.applicationMark());
    return ((Caller.Application) read(options, token)).roles();
  }

  @Test
  void peopleWithoutGuidGetOne() throws AuthenticationException {
    Caller.User ada = (Caller.User) read(KEYCLOAK, keycloak().with("sub", "auth0|ada"));
    // Pinned: another value would cut everyone off from their recordings.
    assertThat(ada.oid()).isEqualTo(Guids.ofName(ISSUER, "auth0|ada"));
    assertThat(ada.oid()).hasToString("d8b629a9-a97a-8db9-99b7-d0945e5a9a89");
    assertThat(ada.oid().version()).isEqualTo(8);
    assertThat(ada.oid().variant()).isEqualTo(2);
    Caller.User bob = (Caller.User) read(KEYCLOAK, keycloak().with("sub", "auth0|bob"));
    assertThat(bob.oid()).isNotEqualTo(ada.oid());
    assertThat(Guids.ofName("a", "bc")).isNotEqualTo(Guids.ofName("ab", "c"));
  }

  @Test
  void guidsInCapitals() throws AuthenticationException {
    String capitals = USER.toString().toUpperCase(Locale.ROOT);
    assertThat(((Caller.User) read(ENTRA, token().with("oid", capitals))).oid()).isEqualTo(USER);
  }

  @Test
  void fixedTenant() throws AuthenticationException {
    assertThat(read(KEYCLOAK, keycloak()).tenant()).isEqualTo(TENANT);
    assertThat(read(KEYCLOAK, keycloak().with("tid", TENANT.toString())).tenant())
        .isEqualTo(TENANT);
    for (String other : List.of(OTHER_TENANT.toString(), "example.org")) {
      refused(KEYCLOAK, keycloak().with("tid", other))
          .as(
              "WrongTenant",
              "Access token validation failure. The claim 'tid' contradicts the issuer.");
    }
  }

  @Test
  void anAudienceThereMustBe() {
    for (Set<String> none : List.of(Set.<String>of(), Set.of(""), Set.of("/"))) {
      assertThatIllegalArgumentException().isThrownBy(() -> IssuerOptions.entra(none));
    }
  }

  @Test
  void guidsAreWrittenOneWay() {
    assertThat(Guids.parse("1-1-1-1-1")).isEmpty();
    assertThat(Guids.parse(TENANT.toString())).contains(TENANT);
    assertThat(Guids.parse(new UUID(0, 0) + " ")).isEmpty();
  }
}
