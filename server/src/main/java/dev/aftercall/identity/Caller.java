package dev.aftercall.identity;

import java.util.Set;
import java.util.UUID;

/** Who calls, as a verified token says. */
public sealed interface Caller {
  /** The tenant the token was issued for; everything the caller sees lies in it. */
  UUID tenant();

  /** The application's client id. */
  String appId();

  /** The person's object id, or the application's client id. */
  default String who() {
    return switch (this) {
      case User user -> user.oid().toString();
      case Application app -> app.appId();
    };
  }

  /** An application in its own right ({@code roles}). */
  record Application(UUID tenant, String appId, String displayName, Set<String> roles)
      implements Caller {
    /** Copies the roles. */
    public Application {
      roles = Set.copyOf(roles);
    }
  }

  /**
   * A person through an application ({@code scp}).
   *
   * @param oid the person's object id
   * @param directoryRoles template ids of the directory roles the person has, as the issuer says
   */
  record User(
      UUID tenant, String appId, UUID oid, String upn, Set<String> scopes, Set<UUID> directoryRoles)
      implements Caller {
    /** Copies the sets. */
    public User {
      scopes = Set.copyOf(scopes);
      directoryRoles = Set.copyOf(directoryRoles);
    }

    /** A person without directory roles. */
    public User(UUID tenant, String appId, UUID oid, String upn, Set<String> scopes) {
      this(tenant, appId, oid, upn, scopes, Set.of());
    }
  }
}
