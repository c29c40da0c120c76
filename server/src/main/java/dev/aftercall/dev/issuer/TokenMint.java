package dev.aftercall.dev.issuer;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.aftercall.digest.Sha256;
import dev.aftercall.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes tokens with the claims Entra writes:
 * https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference. Entra gives
 * Graph tokens of version 1 whichever endpoint was asked; here the endpoint decides the version,
 * and every access token has the application's claims of both, because the client code that decodes
 * them looks for either.
 */
final class TokenMint {
  /** Entra spreads the lives of its tokens over 60 to 90 minutes, 75 on average. */
  private static final int LIFE = 3600;

  private static final int SPREAD = 1200;

  /** Template id of "user", the role every member of a directory has. */
  private static final String ORDINARY_USER = "b79fbf4d-3ef9-4689-8143-76b194e85509";

  /** What Entra puts into {@code wids} of an application's own tokens. */
  private static final String ORDINARY_APP = "0997a1d0-0d1d-4acb-b408-d5ca73121e90";

  private final SigningKey key;
  private final InstantSource clock;
  private final Ids ids;
  private final UUID tenant;

  /** A token and how long it lasts from now. */
  record Minted(String token, Instant notBefore, Duration life) {}

  /** Under whose name and in which form a token is written. */
  record Issue(Client client, String base, Generation generation) {}

  TokenMint(SigningKey key, InstantSource clock, Ids ids, UUID tenant) {
    this.key = key;
    this.clock = clock;
    this.ids = ids;
    this.tenant = tenant;
  }

  /** An access token of an application in its own right. */
  Minted application(Issue issue, Resources.Resource resource) {
    DevApp app = issue.client().app();
    String principal = app.principal(tenant).toString();
    JWTClaimsSet.Builder claims =
        access(issue, resource.audience())
            .claim("idtyp", "app")
            .claim("oid", principal)
            .subject(principal)
            .claim("wids", List.of(ORDINARY_APP));
    if (resource.graph() && !app.roles().isEmpty()) {
      claims.claim("roles", app.roles().stream().sorted().toList());
    }
    return finish(claims);
  }

  /** An access token of a person through an application. */
  Minted person(Issue issue, DevUser user, String audience, String permissions) {
    List<String> roles = new ArrayList<>();
    user.directoryRoles().stream().map(UUID::toString).sorted().forEach(roles::add);
    roles.add(ORDINARY_USER);
    return finish(
        who(access(issue, audience), issue, user)
            .claim("idtyp", "user")
            .claim("scp", permissions)
            .claim("upn", user.upn())
            .claim("unique_name", user.upn())
            .claim("wids", roles));
  }

  /** An id token for the application itself. */
  Minted identity(Issue issue, DevUser user, Optional<String> nonce) {
    JWTClaimsSet.Builder claims =
        who(common(issue, issue.client().app().clientId()), issue, user)
            .claim("rh", "0." + ids.secret());
    if (issue.generation() == Generation.V1) {
      claims.claim("upn", user.upn()).claim("unique_name", user.upn());
    }
    nonce.ifPresent(value -> claims.claim("nonce", value));
    return finish(claims);
  }

  private JWTClaimsSet.Builder who(JWTClaimsSet.Builder claims, Issue issue, DevUser user) {
    return claims
        .claim("oid", user.oid().toString())
        .subject(pairwise(issue.client().app(), user))
        .claim("name", user.displayName())
        .claim("preferred_username", user.upn());
  }

  private JWTClaimsSet.Builder access(Issue issue, String audience) {
    DevApp app = issue.client().app();
    String proof = issue.client().proof().claim();
    return common(issue, audience)
        .claim("aio", ids.secret())
        .claim("app_displayname", app.displayName())
        .claim("appid", app.clientId())
        .claim("appidacr", proof)
        .claim("azp", app.clientId())
        .claim("azpacr", proof)
        .claim("idp", issue.generation().issuer(issue.base(), tenant));
  }

  private JWTClaimsSet.Builder common(Issue issue, String audience) {
    return new JWTClaimsSet.Builder()
        .audience(audience)
        .issuer(issue.generation().issuer(issue.base(), tenant))
        .claim("tid", tenant.toString())
        .claim("uti", ids.secret().substring(0, 22))
        .claim("ver", issue.generation().version());
  }

  private Minted finish(JWTClaimsSet.Builder claims) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    int spread = Math.floorMod(ids.guid().getLeastSignificantBits(), SPREAD);
    Duration life = Duration.ofSeconds(LIFE + spread);
    claims
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plus(life)));
    return new Minted(key.sign(claims.build()), now, life);
  }

  /** A subject that differs from application to application, as Entra's does. */
  private static String pairwise(DevApp app, DevUser user) {
    byte[] digest = Sha256.of(app.clientId() + "/" + user.oid());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
