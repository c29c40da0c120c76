package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.azure.identity.UsernamePasswordCredentialBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.graph.models.odataerrors.MainError;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

@Conformance("Sign-in: azure-identity and MSAL")
final class TokensTest {
  private static final String GRAPH = "https://graph.microsoft.com/.default";

  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  TokensTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void clientSecretWithAnyScopeOfTheApi() throws IOException {
    TokenCredential credential = server.graph().secret("app");
    for (String scope :
        List.of(GRAPH, "https://localhost/.default", server.ready().https() + "/.default")) {
      AccessToken token = credential.getTokenSync(new TokenRequestContext().addScopes(scope));
      assertThat(read(token.getToken())).isEqualTo(200);
      JsonNode claims = ReadyFile.claims(token.getToken());
      assertThat(claims.path("tid").asText()).isEqualTo(server.ready().tenantId());
      assertThat(claims.path("idtyp").asText()).isEqualTo("app");
      assertThat(claims.path("appid").asText()).isEqualTo(server.ready().app("app").clientId());
      assertThat(claims.path("roles"))
          .extracting(JsonNode::asText)
          .contains("OnlineMeetingRecording.Read.All");
    }
  }

  @Verified(year = 2026)
  void aWrongSecretIsTheErrorThatEntraGives() {
    TokenCredential credential =
        new ClientSecretCredentialBuilder()
            .authorityHost(server.ready().https())
            .tenantId(server.ready().tenantId())
            .clientId(server.ready().app("app").clientId())
            .clientSecret("wrong")
            .disableInstanceDiscovery()
            .httpClient(server.graph().azureHttp())
            .build();
    assertThat(
            catchThrowable(
                () -> credential.getTokenSync(new TokenRequestContext().addScopes(GRAPH))))
        .hasStackTraceContaining("AADSTS7000215");
  }

  @Verified(year = 2026)
  void userNameAndPassword() throws IOException {
    AccessToken token =
        organizer("organizer").getTokenSync(new TokenRequestContext().addScopes(GRAPH));
    assertThat(read(token.getToken())).isEqualTo(200);
    JsonNode claims = ReadyFile.claims(token.getToken());
    assertThat(claims.path("oid").asText()).isEqualTo(held.organizer());
    assertThat(claims.path("scp").asText().split(" ")).contains("OnlineMeetingRecording.Read.All");
  }

  @Verified(year = 2026)
  void aPersonWithoutTheScopeIsRefused() {
    AccessToken token =
        organizer("organizer")
            .getTokenSync(
                new TokenRequestContext().addScopes("https://graph.microsoft.com/User.Read"));
    MainError error =
        GraphErrors.refused(
            403,
            "Forbidden",
            () ->
                GraphClients.me(server.graph().client(GraphClients.token(token.getToken())), held)
                    .get());
    assertThat(error.getMessage())
        .startsWith(
            "Missing scope permissions on the request. API requires one of 'OnlineMeetingRecording.Read.All'. Scopes on the request '")
        .contains("User.Read");
  }

  @Verified(year = 2026)
  void deviceCode() {
    ReadyFile.Account account = server.account("organizer");
    TokenCredential credential =
        new DeviceCodeCredentialBuilder()
            .authorityHost(server.ready().https())
            .tenantId(server.ready().tenantId())
            .clientId(server.ready().app("app").clientId())
            .disableInstanceDiscovery()
            .httpClient(server.graph().azureHttp())
            // The person at the browser: the page asks for the code and who it is.
            .challengeConsumer(
                shown ->
                    server
                        .wire()
                        .call("POST", shown.getVerificationUrl())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .body(
                            ("user_code="
                                    + form(shown.getUserCode())
                                    + "&account="
                                    + form(account.upn()))
                                .getBytes(StandardCharsets.US_ASCII))
                        .reply())
            .build();
    AccessToken token = credential.getTokenSync(new TokenRequestContext().addScopes(GRAPH));
    assertThat(server.wire().get(held.byMe()).bearer(token.getToken()).reply().status())
        .isEqualTo(200);
  }

  @Verified(year = 2026)
  void msalWithTheTenantsAuthority() throws MalformedURLException {
    ReadyFile.App app = server.ready().app("app");
    IAuthenticationResult result =
        ConfidentialClientApplication.builder(
                app.clientId(), ClientCredentialFactory.createFromSecret(app.clientSecret()))
            .authority(server.ready().https() + "/" + server.ready().tenantId())
            .instanceDiscovery(false)
            .sslSocketFactory(server.trust().context().getSocketFactory())
            .build()
            .acquireToken(ClientCredentialParameters.builder(Set.of(GRAPH)).build())
            .join();
    assertThat(read(result.accessToken())).isEqualTo(200);
  }

  @Verified(year = 2026)
  void msalWithOpenIdDiscovery() throws MalformedURLException {
    ReadyFile.App app = server.ready().app("app");
    IAuthenticationResult result =
        ConfidentialClientApplication.builder(
                app.clientId(), ClientCredentialFactory.createFromSecret(app.clientSecret()))
            .oidcAuthority(server.ready().https() + "/" + server.ready().tenantId() + "/v2.0")
            .sslSocketFactory(server.trust().context().getSocketFactory())
            .build()
            .acquireToken(ClientCredentialParameters.builder(Set.of(GRAPH)).build())
            .join();
    assertThat(read(result.accessToken())).isEqualTo(200);
  }

  // Deprecated since it cannot do multi-factor; scripts against a test tenant use it all the same.
  @SuppressWarnings("deprecation")
  private TokenCredential organizer(String person) {
    ReadyFile.Account account = server.account(person);
    return new UsernamePasswordCredentialBuilder()
        .authorityHost(server.ready().https())
        .tenantId(server.ready().tenantId())
        .clientId(server.ready().app("app").clientId())
        .username(account.upn())
        .password(account.password())
        .disableInstanceDiscovery()
        .httpClient(server.graph().azureHttp())
        .build();
  }

  private int read(String token) {
    return server.wire().get(held.byOrganizer()).bearer(token).reply().status();
  }

  private static String form(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
