package dev.aftercall.identity;

import dev.aftercall.identity.IssuerOptions.ApplicationMark;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who a verified token speaks of.
 *
 * @param issuerTenant the tenant its {@code iss} holds
 */
record CallerReader(
    Claims claims, IssuerOptions options, String issuer, Optional<UUID> issuerTenant) {

  /**
   * The tenant of all personal Microsoft accounts (Microsoft identity platform, ID token claims).
   */
  static final String PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";

  /** A personal account, in its own tenant or as a guest in another. */
  boolean isPersonalAccount() {
    UUID personal = UUID.fromString(PERSONAL);
    return issuerTenant.equals(Optional.of(personal))
        || claims.text("tid").flatMap(Guids::parse).equals(Optional.of(personal))
        || claims
            .text("idp")
            .filter(idp -> idp.equals("live.com") || idp.contains(PERSONAL))
            .isPresent();
  }

  /**
   * Tokens with another purpose that may carry our audience, when the console's client and the API
   * are one registration: Keycloak says what they are in {@code typ}, and only an ID token vouches
   * for what came with it (OpenID Connect Core, section 3.3.2.11).
   */
  boolean isAccessToken() {
    return claims.text("typ").filter(typ -> !typ.equalsIgnoreCase("Bearer")).isEmpty()
        && !claims.has("at_hash")
        && !claims.has("c_hash");
  }

  Caller read() throws AuthenticationException {
    ClaimNames names = options.claims();
    UUID tenant = tenant();
    String app =
        claims
            .firstText(names.app())
            .orElseThrow(() -> Refusal.missingClaim("MissingApplication", names.app().getFirst()));
    if (isApplication(app)) {
      return new Caller.Application(
          tenant, app, claims.text(names.displayName()).orElse(app), claims.words(names.roles()));
    }
    String user =
        claims
            .text(names.user())
            .orElseThrow(() -> Refusal.missingClaim("MissingUser", names.user()));
    return new Caller.User(
        tenant,
        app,
        Guids.parse(user).orElseGet(() -> Guids.ofName(issuer, user)),
        claims.firstText(names.upn()).orElse(""),
        claims.words(names.scopes()),
        directoryRoles(names.directoryRoles()));
  }

  /** What is no GUID is no role of ours: issuers put other things into such claims too. */
  private Set<UUID> directoryRoles(String name) {
    return claims.words(name).stream()
        .flatMap(word -> Guids.parse(word).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private UUID tenant() throws AuthenticationException {
    String name = options.claims().tenant();
    Optional<String> claim = claims.text(name);
    if (claim.isEmpty()) {
      // An issuer name that holds a tenant does not make up for the claim: both have to agree.
      return options
          .fixedTenant()
          .filter(fixed -> issuerTenant.isEmpty())
          .orElseThrow(() -> Refusal.missingClaim("MissingTenant", name));
    }
    Optional<UUID> tenant = claim.flatMap(Guids::parse);
    if (differs(issuerTenant, tenant) || differs(options.fixedTenant(), tenant)) {
      throw Refusal.wrongTenant(name);
    }
    return tenant.orElseThrow(() -> Refusal.malformedClaim(name, "a GUID"));
  }

  private static boolean differs(Optional<UUID> wanted, Optional<UUID> found) {
    return wanted.isPresent() && !wanted.equals(found);
  }

  /**
   * From the surest sign to the weakest. An application's roles reach further than a person's
   * scopes, so whatever is not surely an application is a person or nobody.
   */
  private boolean isApplication(String app) throws AuthenticationException {
    Optional<String> declared = claims.text("idtyp"); // optional claim of Entra ID
    if (declared.isPresent()) {
      return switch (declared.get()) {
        case "app" -> true;
        case "user" -> false;
        default -> throw Refusal.unknownKindOfCaller();
      };
    }
    if (options.applicationMark().isPresent()) {
      return isMarked(options.applicationMark().get(), app);
    }
    ClaimNames names = options.claims();
    if (claims.has(names.scopes())) {
      return false;
    }
    Optional<String> subject = claims.text("sub");
    // RFC 9068, section 2.2: without a person involved, the subject is the application itself.
    if (subject.equals(Optional.of(app))) {
      return true;
    }
    if (!names.user().equals("sub")) {
      // Entra ID: oid and sub are both the service principal's; a person's sub differs from the
      // oid, being made up for each application.
      Optional<String> user = claims.text(names.user());
      if (user.isEmpty() ? claims.has(names.roles()) : user.equals(subject)) {
        return true;
      }
    }
    throw Refusal.unknownKindOfCaller();
  }

  private boolean isMarked(ApplicationMark mark, String app) {
    return claims
        .text(mark.claim())
        .filter(value -> value.equals(mark.prefix()) || value.equalsIgnoreCase(mark.prefix() + app))
        .isPresent();
  }
}
