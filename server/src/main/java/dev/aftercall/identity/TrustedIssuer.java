package dev.aftercall.identity;

import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Someone whose signature we believe, and how far. Nothing here asks the network before the first
 * token arrives.
 */
public final class TrustedIssuer {
  /** The places of an Entra ID issuer where "whichever tenant" may stand. */
  private static final Pattern ANY_TENANT =
      Pattern.compile("(https?://[^/]+/)(\\{tenantid}|\\{tenant}|common|organizations)/v2\\.0/?");

  private final String name;
  private final IssuerNames names;
  private final KeySource keys;
  private final IssuerOptions options;

  private TrustedIssuer(String name, IssuerNames names, KeySource keys, IssuerOptions options) {
    this.name = name;
    this.names = names;
    this.keys = keys;
    this.options = options;
  }

  /**
   * Any OpenID Connect issuer, its keys found by discovery. Entra ID's multi-tenant forms, {@code
   * https://login.microsoftonline.com/{tenantid}/v2.0} or with {@code common} or {@code
   * organizations} in that place, stand for every tenant there; the token's tenant claim then has
   * to be the one in its {@code iss}.
   *
   * @param issuer as the tokens spell it, to the letter: with or without a slash at its end
   * @throws IllegalArgumentException when the issuer is no https address; http is for loopback only
   */
  public static TrustedIssuer discover(String issuer, IssuerOptions options) {
    var multiTenant = ANY_TENANT.matcher(issuer);
    if (multiTenant.matches()) {
      String host = multiTenant.group(1);
      String place = multiTenant.group(2).startsWith("{") ? "common" : multiTenant.group(2);
      String template = host + IssuerNames.PLACEHOLDER + "/v2.0";
      return published(
          issuer,
          new IssuerNames.PerTenant(List.of(template), Optional.empty()),
          PublishedKeys.discovered(configuration(host + place + "/v2.0"), template),
          options);
    }
    return published(
        issuer,
        new IssuerNames.Exactly(issuer),
        PublishedKeys.discovered(configuration(issuer), issuer),
        options);
  }

  /**
   * Entra ID with its tokens of version 2 ({@code {login}/{tid}/v2.0}) and 1 ({@code
   * {sts}/{tid}/}); which version comes is the resource's choice, and both are signed with the same
   * keys.
   *
   * @param login such as {@code https://login.microsoftonline.com}, {@code
   *     https://login.microsoftonline.us} or {@code https://login.chinacloudapi.cn}
   * @param sts such as {@code https://sts.windows.net} or {@code https://sts.chinacloudapi.cn}
   * @param tenant the one tenant accepted; without it, every work or school tenant is
   */
  public static TrustedIssuer entra(
      URI login, URI sts, Optional<UUID> tenant, IssuerOptions options) {
    String loginBase = slashless(WebDocument.requireSafe(login).toString());
    String stsBase = slashless(WebDocument.requireSafe(sts).toString());
    String place = tenant.map(UUID::toString).orElse("common");
    URI keys = URI.create(loginBase + "/" + place + "/discovery/v2.0/keys");
    return published(
        loginBase + "/" + place,
        new IssuerNames.PerTenant(
            List.of(
                loginBase + "/" + IssuerNames.PLACEHOLDER + "/v2.0",
                stsBase + "/" + IssuerNames.PLACEHOLDER + "/"),
            tenant),
        () -> keys,
        options);
  }

  /**
   * An issuer in this very process, for development and tests.
   *
   * @param issuer which values of {@code iss} are its own
   * @param keys its keys; asked at every request, so it should not build a new set each time
   */
  public static TrustedIssuer local(
      Predicate<String> issuer, Supplier<JWKSet> keys, IssuerOptions options) {
    KeySource source =
        new KeySource() {
          @Override
          public JWKSet current(long nowMillis) {
            return keys.get();
          }

          @Override
          public JWKSet newerThan(JWKSet seen, long nowMillis) {
            return keys.get();
          }
        };
    return new TrustedIssuer("local", new IssuerNames.Matching(issuer), source, options);
  }

  String name() {
    return name;
  }

  IssuerNames names() {
    return names;
  }

  KeySource keys() {
    return keys;
  }

  IssuerOptions options() {
    return options;
  }

  private static TrustedIssuer published(
      String name, IssuerNames names, PublishedKeys.Location location, IssuerOptions options) {
    var origin = new PublishedKeys(name, location, names::acceptKeyOf);
    return new TrustedIssuer(name, names, new CachedKeys(origin), options);
  }

  private static URI configuration(String issuer) {
    return WebDocument.requireSafe(
        URI.create(slashless(issuer) + "/.well-known/openid-configuration"));
  }

  private static String slashless(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
