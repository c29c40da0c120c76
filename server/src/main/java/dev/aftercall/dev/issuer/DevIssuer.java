package dev.aftercall.dev.issuer;

import com.nimbusds.jose.jwk.JWKSet;
import dev.aftercall.http.Answer;
import dev.aftercall.http.PathTemplate;
import dev.aftercall.http.Request;
import dev.aftercall.http.Route;
import dev.aftercall.http.Route.Admission;
import dev.aftercall.http.Route.Handler;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The issuer of development tokens.
 *
 * <p><b>Issuer strings.</b> Tokens say {@code {base}/{tenant}/v2.0} (version 2 endpoints) or {@code
 * {base}/{tenant}/} (version 1), where base is scheme, host and port <em>the client used</em>; the
 * discovery document under the same base says the same. It must be so: msal4j's {@code
 * oidcAuthority} wants the issuer equal to the authority, msal-node wants the same host and port.
 * One server therefore has as many issuer strings as it has addresses, and the signature, not the
 * string, tells its tokens: see {@link #trusts}. The tenant in issuers is always the GUID, whatever
 * word the path had.
 *
 * <p><b>Audience.</b> Every spelling of Graph in a scope, this server's own addresses included,
 * gives the one audience configured. {@code api://{client id}} of a demo application gives that
 * client id, for on-behalf-of.
 *
 * <p><b>Consent.</b> There is none to give: a person's token carries the scopes asked for, {@code
 * .default} the application's delegated scopes; an application's own token carries its roles.
 */
public final class DevIssuer {
  static final List<String> GRANT_TYPES =
      List.of(
          ApplicationGrant.TYPE,
          CodeGrant.TYPE,
          RefreshGrant.TYPE,
          DeviceGrant.TYPE,
          PasswordGrant.TYPE,
          OnBehalfOfGrant.TYPE);

  private final Directory directory;
  private final SigningKey key;
  private final InstantSource clock;
  private final Supplier<String> canonicalBase;
  private final Resources resources;
  private final TokenMint mint;
  private final TokenEndpoint tokens;
  private final SignInEndpoint signIn;
  private final DeviceEndpoint devices;
  private final Discovery discovery;
  private final Cors cors;

  /**
   * Wires the issuer.
   *
   * @param audience {@code aud} of tokens for Graph, such as {@code https://graph.microsoft.com}
   * @param canonicalBase the address in tokens minted without a request, {@code
   *     https://localhost:8443}, asked each time because the port may be known late
   */
  public DevIssuer(
      Directory directory,
      SigningKey key,
      InstantSource clock,
      Ids ids,
      String audience,
      Supplier<String> canonicalBase) {
    this.directory = directory;
    this.key = key;
    this.clock = clock;
    this.canonicalBase = canonicalBase;
    this.resources = new Resources(directory, audience);
    this.mint = new TokenMint(key, clock, ids, directory.tenant());
    ClientCheck clients = new ClientCheck(directory, clock);
    CodeGrant codes = new CodeGrant(clock, ids);
    RefreshGrant refresh = new RefreshGrant(resources, clock, ids);
    DeviceGrant device = new DeviceGrant(clock, ids);
    Map<String, Grant> grants =
        Map.of(
            ApplicationGrant.TYPE,
            new ApplicationGrant(resources),
            CodeGrant.TYPE,
            codes,
            RefreshGrant.TYPE,
            refresh,
            DeviceGrant.TYPE,
            device,
            // What ADAL and other version 1 clients call it.
            "device_code",
            device,
            PasswordGrant.TYPE,
            new PasswordGrant(directory, resources),
            OnBehalfOfGrant.TYPE,
            new OnBehalfOfGrant(key, directory, resources, clock));
    this.tokens = new TokenEndpoint(grants, clients, mint, refresh, directory.tenant());
    this.signIn = new SignInEndpoint(directory, clients, resources, codes, ids);
    this.devices = new DeviceEndpoint(directory, clients, resources, device);
    this.discovery = new Discovery(directory, key);
    this.cors = new Cors(directory);
  }

  /** Every endpoint. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    endpoints(routes, Generation.V2, "/{tenant}/oauth2/v2.0/", "/{tenant}/v2.0/");
    endpoints(routes, Generation.V1, "/{tenant}/oauth2/", "/{tenant}/");
    page(routes, "GET", "/{tenant}/oauth2/v2.0/deviceauth", devices::ask);
    page(routes, "POST", "/{tenant}/oauth2/v2.0/deviceauth", devices::decide);
    data(routes, "GET", "/{tenant}/discovery/v2.0/keys", request -> discovery.keys());
    data(routes, "GET", "/{tenant}/discovery/keys", request -> discovery.keys());
    data(routes, "GET", "/{tenant}/discovery/instance", discovery::instance);
    data(routes, "GET", "/{tenant}/userrealm/{user}", discovery::realm);
    return List.copyOf(routes);
  }

  /** A token of an application in its own right, as the token endpoint would give it. */
  public String mintApplication(DevApp app) {
    return mint.application(issue(app, Client.Proof.SECRET), resources.graph()).token();
  }

  /** A token of a person through an application, with exactly these scopes. */
  public String mintUser(DevUser user, DevApp app, Set<String> scopes) {
    return mint.person(
            issue(app, Client.Proof.NONE),
            user,
            resources.graph().audience(),
            String.join(" ", new TreeSet<>(scopes)))
        .token();
  }

  /** The keys to verify tokens with, without asking over the network. */
  public JWKSet publicKeys() {
    return key.publicKeys();
  }

  /**
   * Whether an {@code iss} has the form this issuer gives it, under whatever address. Only
   * meaningful for a token whose signature by {@link #publicKeys} has been verified.
   */
  public boolean trusts(String iss) {
    for (Generation generation : Generation.values()) {
      String suffix = generation.issuer("", directory.tenant());
      if (iss.endsWith(suffix)) {
        String base = iss.substring(0, iss.length() - suffix.length());
        return Loopback.uri(base)
            .filter(Loopback::isWeb)
            .map(uri -> uri.getRawPath().isEmpty())
            .orElse(false);
      }
    }
    return false;
  }

  private TokenMint.Issue issue(DevApp app, Client.Proof proof) {
    return new TokenMint.Issue(new Client(app, proof), canonicalBase.get(), Generation.V2);
  }

  private void endpoints(List<Route> routes, Generation generation, String oauth, String metadata) {
    data(routes, "POST", oauth + "token", request -> tokens.token(request, generation));
    data(routes, "POST", oauth + "devicecode", request -> devices.begin(request, generation));
    data(
        routes,
        "GET",
        metadata + ".well-known/openid-configuration",
        request -> discovery.configuration(request, generation));
    page(routes, "GET", oauth + "authorize", request -> signIn.begin(request, generation));
    page(routes, "POST", oauth + "authorize", request -> signIn.submit(request, generation));
  }

  /** An endpoint that programs read, and pages of this machine, too. */
  private void data(List<Route> routes, String method, String path, Endpoint endpoint) {
    page(routes, method, path, request -> cors.allow(request, endpoint.answer(request)));
    routes.add(Route.of("OPTIONS", path, Admission.PUBLIC, cors::preflight));
  }

  private void page(List<Route> routes, String method, String path, Endpoint endpoint) {
    routes.add(
        new Route(Set.of(method), PathTemplate.parse(path), Admission.PUBLIC, handler(endpoint)));
  }

  private Handler handler(Endpoint endpoint) {
    return request -> {
      try {
        String named = request.parameter("tenant");
        if (!directory.isNamed(named)) {
          throw new OAuthException(
              OAuthError.TENANT_NOT_FOUND,
              "Tenant '%s' not found. Use %s, common, organizations, or one of the domains %s."
                  .formatted(named, directory.tenant(), directory.domains()));
        }
        return endpoint.answer(request);
      } catch (OAuthException e) {
        return cors.allow(request, Json.error(e, request, clock.instant()));
      }
    };
  }

  @FunctionalInterface
  private interface Endpoint {
    Answer answer(Request request) throws IOException;
  }
}
