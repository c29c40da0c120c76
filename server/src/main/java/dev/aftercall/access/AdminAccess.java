package dev.aftercall.access;

import dev.aftercall.access.Decision.Allow;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.Denial.Rule;
import dev.aftercall.identity.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who may rule a tenant: its own, and none other, whatever they ask for. An application needs the
 * role, a person the scope of the same name and an administrator's directory role; a compliance
 * reader sees everything and changes nothing.
 *
 * <p>Source of the directory roles: "Microsoft Entra built-in roles", their template ids. The two
 * permissions are ours: Graph has no such API.
 */
public final class AdminAccess {
  /** The permission to rule. */
  public static final String MANAGE = "Recordings.Manage";

  /** The permission to see everything that is ruled. */
  public static final String COMPLIANCE = "Recordings.Compliance";

  /** Entra's Global Administrator. */
  public static final UUID GLOBAL_ADMINISTRATOR =
      UUID.fromString("62e90394-69f5-4237-9190-012177145e10");

  /** Entra's Teams Administrator. */
  public static final UUID TEAMS_ADMINISTRATOR =
      UUID.fromString("69091246-20e8-4a56-aa4d-066075b2a7a8");

  /** Entra's Compliance Administrator. */
  public static final UUID COMPLIANCE_ADMINISTRATOR =
      UUID.fromString("17315797-102d-40b4-93e0-432062caca18");

  private AdminAccess() {}

  /** What an administrator does. */
  public enum Action {
    /** Looks. */
    READ,
    /** Changes something. */
    CHANGE,
    /** Removes what one meeting left behind, which its organizer may too. */
    REMOVE
  }

  /** May this caller do that in the tenant of its token? */
  public static Decision admit(Caller caller, Action action) {
    Decision manage = has(caller, MANAGE, GLOBAL_ADMINISTRATOR, TEAMS_ADMINISTRATOR);
    if (manage instanceof Allow) {
      return new Allow(Grounds.ADMINISTRATOR);
    }
    if (action == Action.REMOVE && caller instanceof Caller.User user) {
      if (user.scopes().contains(MANAGE)) {
        return new Allow(Grounds.DELEGATED);
      }
    }
    if (!(has(caller, COMPLIANCE, COMPLIANCE_ADMINISTRATOR, GLOBAL_ADMINISTRATOR)
        instanceof Allow)) {
      return manage;
    }
    return action == Action.READ
        ? new Allow(Grounds.COMPLIANCE)
        : deny(
            Rule.READER,
            "A compliance reader may look at everything and change nothing.",
            "Ask an administrator, or a token with " + MANAGE + ".");
  }

  /**
   * The second question, once it is known whose it is: who does not administer may remove what they
   * organized, as Teams lets them, and nothing else.
   *
   * @param organizer empty when there is no such thing, which they shall not learn
   */
  public static Decision permit(Caller caller, Grounds grounds, Optional<UUID> organizer) {
    boolean own =
        caller instanceof Caller.User user && organizer.filter(user.oid()::equals).isPresent();
    return grounds == Grounds.ADMINISTRATOR || (grounds == Grounds.DELEGATED && own)
        ? new Allow(grounds)
        : deny(
            Rule.CHANGE,
            "What a meeting left behind is its organizer's to delete, or an administrator's.",
            "Ask the organizer, or sign in with an administrator's directory role.");
  }

  private static Decision has(Caller caller, String permission, UUID... anyRole) {
    return switch (caller) {
      case Caller.Application app ->
          app.roles().contains(permission)
              ? new Allow(Grounds.ADMINISTRATOR)
              : deny(
                  Rule.ROLE,
                  Denials.missingRole(app, MANAGE),
                  "Grant the application permission " + MANAGE + ".");
      case Caller.User user -> {
        if (!user.scopes().contains(permission)) {
          yield Denials.scope(user, MANAGE);
        }
        yield Set.of(anyRole).stream().anyMatch(user.directoryRoles()::contains)
            ? new Allow(Grounds.ADMINISTRATOR)
            : deny(
                Rule.DIRECTORY_ROLE,
                "The signed-in user does not administer this tenant.",
                "Give the user the directory role Global Administrator or Teams Administrator"
                    + " (to look only: "
                    + COMPLIANCE
                    + " and Compliance Administrator), then sign in anew.");
      }
    };
  }

  private static Decision deny(Rule rule, String message, String remedy) {
    return Denials.deny(rule, Refusal.FORBIDDEN, message, remedy);
  }
}
