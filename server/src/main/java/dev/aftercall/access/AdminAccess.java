package dev.aftercall.access;

import dev.aftercall.access.Decision.Allow;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.Denial.Rule;
import dev.aftercall.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    /** Reads the bytes of what was deleted and a hold keeps. */
    READ_HELD,
    /** Changes something. */
    CHANGE,
    /** Removes what one meeting left behind, which its organizer may too. */
    REMOVE
  }

  /** May this caller do that in the tenant of its token? */
  public static Decision admit(Caller caller, Action action, Trail trail) {
    boolean manages = holds(caller, MANAGE, GLOBAL_ADMINISTRATOR, TEAMS_ADMINISTRATOR);
    boolean looks = holds(caller, COMPLIANCE, COMPLIANCE_ADMINISTRATOR, GLOBAL_ADMINISTRATOR);
    // The second question is asked of those who administer nothing: whether it is theirs.
    boolean own =
        action == Action.REMOVE
            && caller instanceof Caller.User person
            && person.scopes().contains(MANAGE);
    String needed = action == Action.READ_HELD ? COMPLIANCE : MANAGE;
    switch (caller) {
      case Caller.Application app -> {
        if (!trail.ask(
            Rule.ROLE, manages || looks, () -> Inputs.roles(app, MANAGE + ", " + COMPLIANCE))) {
          return deny(
              Rule.ROLE,
              Denials.missingRole(app, needed),
              "Grant the application permission " + needed + ".");
        }
      }
      case Caller.User user -> {
        boolean scope = user.scopes().contains(MANAGE) || user.scopes().contains(COMPLIANCE);
        if (!trail.ask(Rule.SCOPE, scope, () -> Inputs.scopes(user, MANAGE + ", " + COMPLIANCE))) {
          return Denials.scope(user, needed);
        }
        if (!trail.ask(
            Rule.DIRECTORY_ROLE,
            manages || looks || own,
            () ->
                "Directory roles in the token: "
                    + Inputs.listed(user.directoryRoles())
                    + (own ? "; an organizer needs none for what is theirs" : ""))) {
          return deny(
              Rule.DIRECTORY_ROLE,
              "The signed-in user does not administer this tenant.",
              "Give the user the directory role Global Administrator or Teams Administrator"
                  + " (to look only: "
                  + COMPLIANCE
                  + " and Compliance Administrator), then sign in anew.");
        }
      }
    }
    if (action == Action.READ_HELD) {
      return held(looks, trail);
    }
    if (!trail.ask(
        Rule.READER,
        manages || own || action == Action.READ,
        () ->
            (manages ? "An administrator" : own ? "A person" : "A compliance reader")
                + " wants to "
                + action.name().toLowerCase(Locale.ROOT))) {
      return deny(
          Rule.READER,
          "A compliance reader may look at everything and change nothing.",
          "Ask an administrator, or a token with " + MANAGE + ".");
    }
    if (manages) {
      return new Allow(Grounds.ADMINISTRATOR);
    }
    return new Allow(own ? Grounds.DELEGATED : Grounds.COMPLIANCE);
  }

  /** Who rules an archive is not thereby one who reads what people deleted. */
  private static Decision held(boolean looks, Trail trail) {
    return trail.ask(
            Rule.HELD_READER,
            looks,
            () -> (looks ? "A compliance reader" : "An administrator") + " wants to read the bytes")
        ? new Allow(Grounds.COMPLIANCE)
        : deny(
            Rule.HELD_READER,
            "What was deleted and a hold keeps is read by compliance readers alone.",
            "Use a token with "
                + COMPLIANCE
                + "; a person also needs the directory role Compliance Administrator or Global"
                + " Administrator.");
  }

  /**
   * The second question, once it is known whose it is: who does not administer may remove what they
   * organized, as Teams lets them, and nothing else.
   *
   * @param organizer empty when there is no such thing, which they shall not learn
   */
  public static Decision permit(
      Caller caller, Grounds grounds, Optional<UUID> organizer, Trail trail) {
    boolean own =
        caller instanceof Caller.User user && organizer.filter(user.oid()::equals).isPresent();
    boolean may = grounds == Grounds.ADMINISTRATOR || (grounds == Grounds.DELEGATED && own);
    return trail.ask(
            Rule.CHANGE,
            may,
            () ->
                "The caller is "
                    + caller.who()
                    + ", the organizer "
                    + organizer.map(UUID::toString).orElse("of nothing that is there"))
        ? new Allow(grounds)
        : deny(
            Rule.CHANGE,
            "What a meeting left behind is its organizer's to delete, or an administrator's.",
            "Ask the organizer, or sign in with an administrator's directory role.");
  }

  /** All rules that may be asked, in order. */
  public static List<Rule> chain(Caller caller, Action action) {
    List<Rule> chain = new ArrayList<>();
    chain.addAll(
        caller instanceof Caller.User
            ? List.of(Rule.SCOPE, Rule.DIRECTORY_ROLE)
            : List.of(Rule.ROLE));
    chain.addAll(
        switch (action) {
          case READ, CHANGE -> List.of(Rule.READER);
          case READ_HELD -> List.of(Rule.HELD_READER, Rule.FOUND);
          case REMOVE -> List.of(Rule.READER, Rule.CHANGE);
        });
    return chain;
  }

  private static boolean holds(Caller caller, String permission, UUID... anyRole) {
    return switch (caller) {
      case Caller.Application app -> app.roles().contains(permission);
      case Caller.User user ->
          user.scopes().contains(permission)
              && Set.of(anyRole).stream().anyMatch(user.directoryRoles()::contains);
    };
  }

  private static Decision deny(Rule rule, String message, String remedy) {
    return Denials.deny(rule, Refusal.FORBIDDEN, message, remedy);
  }
}
