package dev.aftercall.identity;

import java.util.Set;
import java.util.UUID;

/** Who calls, as a verified token says. */
public sealed interface Caller {
  /** The tenant the token was issued for; everything the caller sees lies in it. */
  UUID tenant();

  /** The application's client id. */
  String appId();

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
   */
  record User(UUID tenant, String appId, UUID oid, String upn, Set<String> scopes)
      implements Caller {
    /** Copies the scopes. */
    public User {
      scopes = Set.copyOf(scopes);
    }
  }
}
