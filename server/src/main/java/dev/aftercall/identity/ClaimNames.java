package dev.aftercall.identity;

import java.util.List;

/**
 * Under which names an issuer puts what we need to know. A name is first looked up as it stands, so
 * {@code https://example.org/roles} works; then as a path, so {@code realm_access.roles} and {@code
 * resource_access.my.app.roles} work too.
 *
 * @param user identifies the person within the issuer
 * @param tenant a GUID
 * @param scopes what a person lets the application do; blank separated text or an array
 * @param roles what an application may do itself; an array or blank separated text
 * @param app the client id; the first name that is there counts
 * @param upn the sign-in name; the first name that is there counts
 * @param displayName of an application; where missing, its client id serves
 * @param directoryRoles template ids of a person's directory roles; an array or blank separated
 */
public record ClaimNames(
    String user,
    String tenant,
    String scopes,
    String roles,
    List<String> app,
    List<String> upn,
    String displayName,
    String directoryRoles) {
  /** Where Entra ID puts directory roles (access token claims reference). */
  public static final String WIDS = "wids";

  /** Copies the lists. */
  public ClaimNames {
    app = List.copyOf(app);
    upn = List.copyOf(upn);
    if (app.isEmpty()) {
      throw new IllegalArgumentException("no claim named that holds the application's client id");
    }
  }

  /**
   * Microsoft Entra ID, tokens of version 1 ({@code appid}, {@code upn}) and 2 ({@code azp}, {@code
   * preferred_username}).
   */
  public static ClaimNames entra() {
    return new ClaimNames(
        "oid",
        "tid",
        "scp",
        "roles",
        List.of("appid", "azp", "client_id"),
        List.of("upn", "preferred_username"),
        "app_displayname",
        WIDS);
  }

  /** Keycloak, with the roles of one of its clients; for realm roles see {@link #withRoles}. */
  public static ClaimNames keycloak(String client) {
    return new ClaimNames(
        "sub",
        "tid",
        "scope",
        "resource_access." + client + ".roles",
        List.of("azp", "client_id"),
        List.of("preferred_username"),
        "azp",
        WIDS);
  }

  /** The same with the roles elsewhere, such as {@code realm_access.roles}. */
  public ClaimNames withRoles(String name) {
    return new ClaimNames(user, tenant, scopes, name, app, upn, displayName, directoryRoles);
  }
}
