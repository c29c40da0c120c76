package dev.aftercall.conformance;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.graph.core.authentication.AzureIdentityAuthenticationProvider;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.core.requests.options.GraphClientOption;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.onlinemeetings.item.recordings.item.CallRecordingItemRequestBuilder;
import com.microsoft.kiota.RequestAdapter;
import com.microsoft.kiota.authentication.AnonymousAuthenticationProvider;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import java.io.IOException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import reactor.core.publisher.Mono;

/** The Graph SDK as its users set it up, but for the address and the trusted authority. */
final class GraphClients {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST_CHECKED = 16 * 1024 * 1024;

  private final ServerUnderTest server;

  GraphClients(ServerUnderTest server) {
    this.server = server;
  }

  /** A client of an application that signs in with its secret. */
  GraphServiceClient app(String name) {
    return client(secret(name));
  }

  /** A client that bears a token of the ready file. */
  GraphServiceClient bearing(String name) {
    return client(token(server.ready().token(name)));
  }

  GraphServiceClient client(TokenCredential credential, Interceptor... last) {
    return client("/v1.0", credential, last);
  }

  /** A client of that version; the interceptors stand where the network begins. */
  GraphServiceClient client(String version, TokenCredential credential, Interceptor... last) {
    String host = URI.create(server.ready().https()).getHost();
    return new GraphServiceClient(
        adapter(
            new AzureIdentityAuthenticationProvider(credential, new String[] {host}),
            version,
            last));
  }

  /** What upload tasks make for themselves: the upload URL is its own key. */
  RequestAdapter anonymous() {
    // Only the client's constructor teaches the SDK to read JSON.
    return new GraphServiceClient(adapter(new AnonymousAuthenticationProvider(), "/v1.0"))
        .getRequestAdapter();
  }

  private RequestAdapter adapter(
      AuthenticationProvider authentication, String version, Interceptor... last) {
    OkHttpClient.Builder http =
        GraphClientFactory.create(new GraphClientOption())
            .sslSocketFactory(
                server.trust().context().getSocketFactory(), server.trust().manager());
    http.addInterceptor(GraphClients::checked);
    for (Interceptor interceptor : last) {
      http.addInterceptor(interceptor);
    }
    return new BaseGraphRequestAdapter(
        authentication, server.ready().https() + version, http.build());
  }

  /** Holds what the SDK is given to read against the CSDL. */
  private static Response checked(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String type = response.header("Content-Type", "");
    if (response.isSuccessful() && String.valueOf(type).contains("odata.metadata=")) {
      String body = response.peekBody(MOST_CHECKED).string();
      BodyCheck.check(chain.request().url().toString(), JSON.readTree(body));
    }
    return response;
  }

  /** The application's credential of azure-identity. */
  TokenCredential secret(String name) {
    ReadyFile.App app = server.ready().app(name);
    return new ClientSecretCredentialBuilder()
        .authorityHost(server.ready().https())
        .tenantId(server.ready().tenantId())
        .clientId(app.clientId())
        .clientSecret(app.clientSecret())
        .disableInstanceDiscovery()
        .httpClient(azureHttp())
        .build();
  }

  /** azure-identity's way to the issuer. */
  HttpClient azureHttp() {
    return new JdkHttpClientBuilder(
            java.net.http.HttpClient.newBuilder().sslContext(server.trust().context()))
        .build();
  }

  /** A token that somebody else fetched. */
  static TokenCredential token(String token) {
    return request ->
        Mono.just(new AccessToken(token, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
  }

  /** The request builder of a recording through a person's path. */
  static CallRecordingItemRequestBuilder users(
      GraphServiceClient client, String user, ReadyFile.Held held) {
    return client
        .users()
        .byUserId(user)
        .onlineMeetings()
        .byOnlineMeetingId(held.meetingId())
        .recordings()
        .byCallRecordingId(held.recordingId());
  }

  /** The request builder of a recording through {@code /me}. */
  static CallRecordingItemRequestBuilder me(GraphServiceClient client, ReadyFile.Held held) {
    return client
        .me()
        .onlineMeetings()
        .byOnlineMeetingId(held.meetingId())
        .recordings()
        .byCallRecordingId(held.recordingId());
  }
}
