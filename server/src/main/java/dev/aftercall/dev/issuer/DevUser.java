package dev.aftercall.dev.issuer;

import java.util.Set;
import java.util.UUID;

/**
 * A demo person.
 *
 * @param upn the sign-in name, {@code ada@demo.example}
 * @param password for the username/password flow; people are picked from a page otherwise
 * @param directoryRoles template ids of Entra's directory roles, told in {@code wids}
 */
public record DevUser(
    UUID oid, String upn, String displayName, String password, Set<UUID> directoryRoles) {
  /** Entra's template id of the Global Administrator role. */
  public static final UUID GLOBAL_ADMINISTRATOR =
      UUID.fromString("62e90394-69f5-4237-9190-012177145e10");

  /** Copies the roles. */
  public DevUser {
    directoryRoles = Set.copyOf(directoryRoles);
  }

  /** A person without directory roles. */
  public DevUser(UUID oid, String upn, String displayName, String password) {
    this(oid, upn, displayName, password, Set.of());
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DevUser[" + oid + ", " + upn + "]";
  }
}
