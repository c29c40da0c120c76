package dev.aftercall.dev.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.OnBehalfOfParameters;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import com.microsoft.aad.msal4j.UserAssertion;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.aftercall.dev.tls.DevCertificates;
import dev.aftercall.dev.tls.TlsFixture;
import dev.aftercall.digest.Sha256;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** msal4j signs in, over TLS, in every way it has; its tokens are verified by the served keys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MsalTest {
  private static final String SCOPE = "https://graph.microsoft.com/.default";
  private static final ClientCredentialParameters APPLICATION =
      ClientCredentialParameters.builder(Set.of(SCOPE)).build();
  private static final String CERTIFIED = "b0c7d1e2-0000-4000-8000-000000000003";
  private static final String CALLBACK = "http://localhost:3000/back";

  private RouteServer server;
  private SSLContext trust;
  private Browser browser;
  private String authority;
  private X509Bundle certified;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    DevCertificates files = DevCertificates.loadOrCreate(folder, List.of(), InstantSource.system());
    certified =
        new CertificateBuilder()
            .rsa2048()
            .subject("CN=client")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    DevApp withCertificate = Demo.app(CERTIFIED, Optional.of(certified.getCertificate()));
    Directory directory = Demo.directory(withCertificate);
    SigningKey key = SigningKey.loadOrCreate(folder.resolve("signing.jwk"));
    DevIssuer issuer = Demo.issuer(directory, key, InstantSource.system());
    server = new RouteServer(issuer.routes(), files, 0);
    trust = TlsFixture.client(files);
    browser = new Browser(trust);
    authority = server.base() + "/" + Demo.TENANT;
  }

  @AfterAll
  void stop() {
    browser.close();
    server.close();
  }

  @Test
  void an_application_by_its_secret() throws Exception {
    JWTClaimsSet claims =
        verified(bySecret(Demo.BOT, Demo.BOT.clientSecret()).acquireToken(APPLICATION).get());
    assertThat(claims.getIssuer()).isEqualTo(authority + "/v2.0");
    assertThat(claims.getStringListClaim("roles"))
        .containsExactly("OnlineMeetingRecording.Read.All", "OnlineMeetings.Read.All");
    assertThat(claims.getClaims())
        .containsEntry("idtyp", "app")
        .containsEntry("tid", Demo.TENANT.toString())
        .containsEntry("appid", Demo.BOT.clientId())
        .containsEntry("azp", Demo.BOT.clientId())
        .containsEntry("appidacr", "1")
        .containsEntry("ver", "2.0")
        .doesNotContainKeys("scp", "upn");
  }

  @Test
  void an_application_by_its_certificate() throws Exception {
    ConfidentialClientApplication app =
        confidential(
            CERTIFIED,
            ClientCredentialFactory.createFromCertificate(
                certified.getKeyPair().getPrivate(), certified.getCertificate()));
    assertThat(verified(app.acquireToken(APPLICATION).get()).getClaims())
        .containsEntry("appidacr", "2");
  }

  @Test
  void an_application_of_an_open_id_connect_authority() throws Exception {
    ConfidentialClientApplication app =
        ConfidentialClientApplication.builder(
                Demo.BOT.clientId(),
                ClientCredentialFactory.createFromSecret(Demo.BOT.clientSecret()))
            .oidcAuthority(authority + "/v2.0")
            .sslSocketFactory(trust.getSocketFactory())
            .build();
    JWTClaimsSet claims = verified(app.acquireToken(APPLICATION).get());
    assertThat(claims.getIssuer()).isEqualTo(authority + "/v2.0");
  }

  @Test
  void a_wrong_secret_is_told_in_entras_words() throws Exception {
    ConfidentialClientApplication app = bySecret(Demo.BOT, "wrong");
    assertThatThrownBy(() -> app.acquireToken(APPLICATION).get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            MsalServiceException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(401);
              assertThat(e.errorCode()).isEqualTo("invalid_client");
              assertThat(e).hasMessageContaining("AADSTS7000215");
            });
  }

  @Test
  void a_person_by_name_and_password_then_silently_by_the_refresh_token() throws Exception {
    PublicClientApplication app = publicClient();
    IAuthenticationResult first = byPassword(app, SCOPE, Demo.ADA);
    JWTClaimsSet claims = verified(first);
    assertThat(claims.getClaims())
        .containsEntry("idtyp", "user")
        .containsEntry("scp", "OnlineMeetingRecording.Read.All User.Read openid profile")
        .containsEntry("oid", Demo.ADA.oid().toString())
        .containsEntry("upn", Demo.ADA.upn())
        .containsEntry("name", Demo.ADA.displayName())
        .doesNotContainKey("roles");
    assertThat(claims.getStringListClaim("wids")).contains(DevUser.GLOBAL_ADMINISTRATOR.toString());
    assertThat(first.account().homeAccountId()).isEqualTo(Demo.ADA.oid() + "." + Demo.TENANT);

    IAuthenticationResult again =
        app.acquireTokenSilently(
                SilentParameters.builder(
                        Set.of(SCOPE),
                        first.account()) // msal4j forgets the port of the authority an account came
                    // by.
                    .authorityUrl(authority)
                    .forceRefresh(true)
                    .build())
            .get();
    assertThat(verified(again).getClaim("oid")).isEqualTo(Demo.ADA.oid().toString());
    assertThat(again.accessToken()).isNotEqualTo(first.accessToken());
  }

  @Test
  void a_person_on_another_device() throws Exception {
    IAuthenticationResult result =
        publicClient()
            .acquireToken(
                DeviceCodeFlowParameters.builder(
                        Set.of("OnlineMeetingRecording.Read.All"),
                        code -> {
                          URI page = URI.create(code.verificationUri());
                          assertThat(browser.get(page).body())
                              .contains("Ada &lt;Admin&gt; O&#39;Hara");
                          String form =
                              "user_code="
                                  + Browser.encode(code.userCode().toLowerCase(Locale.ROOT))
                                  + "&account="
                                  + Demo.BEN.oid();
                          assertThat(browser.post(page, form).body()).contains("Signed in");
                        })
                    .build())
            .get();
    assertThat(verified(result).getClaims())
        .containsEntry("oid", Demo.BEN.oid().toString())
        .containsEntry("scp", "OnlineMeetingRecording.Read.All openid profile");
  }

  @Test
  void a_person_by_the_page_with_a_proof_key() throws Exception {
    PublicClientApplication app = publicClient();
    String verifier = "a-verifier-of-more-than-forty-three-characters-0123456789";
    String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier));
    URI page =
        app.getAuthorizationRequestUrl(
                AuthorizationRequestUrlParameters.builder(CALLBACK, Set.of(SCOPE))
                    .codeChallenge(challenge)
                    .codeChallengeMethod("S256")
                    .state("a state & more")
                    .nonce("a nonce")
                    .build())
            .toURI();
    String html = browser.get(page).body();
    assertThat(html).contains("Demo app").contains("Ada &lt;Admin&gt;");
    HttpResponse<String> back =
        browser.post(
            URI.create(server.base() + page.getPath()),
            Browser.hiddenFields(html) + "&account=" + Demo.ADA.oid());
    // msal4j 1.26 asks for form_post: a page that posts the code on.
    assertThat(back.body())
        .contains("action=\"" + CALLBACK + "\"")
        .contains("name=\"state\" value=\"a state &amp; more\"");
    String code = back.body().replaceAll("(?s).*name=\"code\" value=\"([^\"]+)\".*", "$1");

    IAuthenticationResult result =
        app.acquireToken(
                AuthorizationCodeParameters.builder(code, URI.create(CALLBACK))
                    .scopes(Set.of(SCOPE))
                    .codeVerifier(verifier)
                    .build())
            .get();
    assertThat(verified(result).getClaim("oid")).isEqualTo(Demo.ADA.oid().toString());
    JWTClaimsSet identity = verify(result.idToken());
    assertThat(identity.getAudience()).containsExactly(Demo.BOT.clientId());
    assertThat(identity.getClaim("nonce")).isEqualTo("a nonce");
  }

  @Test
  void an_application_on_behalf_of_the_person_who_called_it() throws Exception {
    IAuthenticationResult called =
        byPassword(publicClient(), "api://" + Demo.API.clientId() + "/.default", Demo.BEN);
    assertThat(verify(called.accessToken()).getAudience()).containsExactly(Demo.API.clientId());
    ConfidentialClientApplication api = bySecret(Demo.API, Demo.API.clientSecret());
    IAuthenticationResult result =
        api.acquireToken(
                OnBehalfOfParameters.builder(Set.of(SCOPE), new UserAssertion(called.accessToken()))
                    .build())
            .get();
    assertThat(verified(result).getClaims())
        .containsEntry("oid", Demo.BEN.oid().toString())
        .containsEntry("appid", Demo.API.clientId());
  }

  private ConfidentialClientApplication bySecret(DevApp app, String secret) throws Exception {
    return confidential(app.clientId(), ClientCredentialFactory.createFromSecret(secret));
  }

  private ConfidentialClientApplication confidential(String id, IClientCredential proof)
      throws Exception {
    return ConfidentialClientApplication.builder(id, proof)
        .authority(authority)
        .instanceDiscovery(false)
        .sslSocketFactory(trust.getSocketFactory())
        .build();
  }

  private PublicClientApplication publicClient() throws Exception {
    return PublicClientApplication.builder(Demo.BOT.clientId())
        .authority(authority)
        .instanceDiscovery(false)
        .sslSocketFactory(trust.getSocketFactory())
        .build();
  }

  /** Deprecated by MSAL because of its risks; bots and tests use it all the same. */
  @SuppressWarnings("deprecation")
  private static IAuthenticationResult byPassword(
      PublicClientApplication app, String scope, DevUser user) throws Exception {
    return app.acquireToken(
            UserNamePasswordParameters.builder(
                    Set.of(scope), user.upn(), user.password().toCharArray())
                .build())
        .get();
  }

  private JWTClaimsSet verified(IAuthenticationResult result) throws Exception {
    JWTClaimsSet claims = verify(result.accessToken());
    assertThat(claims.getAudience()).containsExactly(Demo.AUDIENCE);
    return claims;
  }

  /** As a resource server does: keys from jwks_uri, RS256 alone, exp and nbf. */
  private JWTClaimsSet verify(String token) throws Exception {
    JWKSet keys = JWKSet.parse(browser.get(URI.create(authority + "/discovery/v2.0/keys")).body());
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys)));
    return processor.process(token, null);
  }
}
