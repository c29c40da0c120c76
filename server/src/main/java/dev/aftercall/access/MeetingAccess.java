package dev.aftercall.access;

import dev.aftercall.access.Decision.Allow;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.Denial.Rule;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who may read and change online meetings and see a calendar, as pure functions; two questions as
 * in {@link RecordingAccess}.
 *
 * <p>Source: "Get onlineMeeting" and its neighbours, "List events", their tables of permissions;
 * "Allow applications to access online meetings on behalf of a user".
 */
public final class MeetingAccess {
  private MeetingAccess() {}

  /** What is asked for, and the permissions of which one is needed, the least first. */
  public enum Action {
    /** A meeting. */
    READ(
        "OnlineMeetings.Read, OnlineMeetings.ReadWrite",
        "OnlineMeetings.Read.All, OnlineMeetings.ReadWrite.All"),
    /** Another meeting, a changed one, or one less. */
    WRITE("OnlineMeetings.ReadWrite", "OnlineMeetings.ReadWrite.All"),
    /** A person's events. */
    READ_CALENDAR("Calendars.Read, Calendars.ReadWrite", "Calendars.Read, Calendars.ReadWrite"),
    /** Another event. */
    WRITE_CALENDAR("Calendars.ReadWrite", "Calendars.ReadWrite");

    private final String scopes;
    private final String roles;

    Action(String scopes, String roles) {
      this.scopes = scopes;
      this.roles = roles;
    }

    /** Application access policies rule meetings; calendars have their own ways in Exchange. */
    boolean needsPolicy() {
      return this == READ || this == WRITE;
    }
  }

  /** The first question, answered by token and rules alone. */
  public static Decision admit(
      Caller caller, Action action, PathUser path, Rules rules, Trail trail) {
    return switch (caller) {
      case Caller.User user -> admitUser(user, action, path, trail);
      case Caller.Application app ->
          Inputs.person(path, trail)
              .map(person -> admitApplication(app, action, person, rules, trail))
              .orElseGet(Denials::meNeedsUser);
    };
  }

  /** All rules that may be asked, in order. */
  public static List<Rule> chain(Caller caller, Action action) {
    List<Rule> chain = new ArrayList<>();
    if (caller instanceof Caller.User) {
      chain.addAll(List.of(Rule.SCOPE, Rule.OWN_PATH));
    } else {
      chain.addAll(List.of(Rule.ME_NEEDS_USER, Rule.ROLE));
      if (action.needsPolicy()) {
        chain.add(Rule.POLICY);
      }
    }
    if (action.needsPolicy()) {
      chain.addAll(List.of(Rule.FOUND, Rule.ROSTER, Rule.EXPIRY));
    }
    if (action == Action.WRITE) {
      chain.add(Rule.CHANGE);
    }
    return chain;
  }

  /** The same of a look-up that is bound to no person. */
  public static List<Rule> tenantWideChain() {
    return List.of(Rule.ROLE, Rule.EXPIRY);
  }

  /**
   * The first question of a look-up that is bound to no person: applications alone, and no
   * application access policy.
   */
  public static Decision admitTenantWide(Caller caller, Trail trail) {
    boolean role =
        caller instanceof Caller.Application app && hasOne(app.roles(), Action.READ.roles);
    return trail.ask(Rule.ROLE, role, () -> Inputs.any(caller, Action.READ.roles))
        ? new Allow(Grounds.POLICY)
        : noRole(caller, Action.READ);
  }

  private static Decision admitUser(Caller.User user, Action action, PathUser path, Trail trail) {
    if (!trail.ask(
        Rule.SCOPE,
        hasOne(user.scopes(), action.scopes),
        () -> Inputs.scopes(user, action.scopes))) {
      return Denials.scope(user, action.scopes);
    }
    if (!Inputs.ownPath(user, path, trail)) {
      return Denials.ownPath(user);
    }
    return new Allow(Grounds.DELEGATED);
  }

  private static Decision admitApplication(
      Caller.Application app, Action action, UUID person, Rules rules, Trail trail) {
    if (!trail.ask(
        Rule.ROLE, hasOne(app.roles(), action.roles), () -> Inputs.roles(app, action.roles))) {
      return noRole(app, action);
    }
    if (action.needsPolicy()
        && !trail.ask(
            Rule.POLICY,
            rules.policyCovers(person, app.appId()),
            () -> Inputs.policy(person, app.appId(), rules))) {
      return Denials.policy(app, person);
    }
    return new Allow(Grounds.POLICY);
  }

  private static Decision noRole(Caller caller, Action action) {
    return Denials.deny(
        Rule.ROLE,
        Refusal.FORBIDDEN,
        Denials.missingRole(caller, action.roles),
        "Call with an application's token that has the application permission "
            + Denials.least(action.roles)
            + ".");
  }

  /**
   * The second question, about a meeting that was found.
   *
   * @param grounds what the first allowed by
   * @param role what the person in the path is to the meeting
   * @param now ticks
   */
  public static Decision permit(
      Action action, Grounds grounds, Meeting meeting, Optional<Role> role, long now, Trail trail) {
    if (!trail.ask(Rule.ROSTER, role.isPresent(), () -> Inputs.role(role))) {
      return Denials.stranger(
          Rule.ROSTER, "Only the organizer and the people invited can look this meeting up.");
    }
    if (!trail.ask(Rule.EXPIRY, now < meeting.expiry(), () -> Inputs.expiry(meeting, now))) {
      return Denials.expired();
    }
    if (action == Action.WRITE
        && !trail.ask(
            Rule.CHANGE, role.equals(Optional.of(Role.ORGANIZER)), () -> Inputs.role(role))) {
      return Denials.deny(
          Rule.CHANGE,
          Refusal.FORBIDDEN,
          "Only the organizer can change or delete the meeting.",
          "Call the path of the organizer, /users/" + meeting.organizer() + ".");
    }
    return new Allow(grounds);
  }

  /**
   * The second question of a look-up that is bound to no person.
   *
   * @param now ticks
   */
  public static Decision permitTenantWide(Grounds grounds, Meeting meeting, long now, Trail trail) {
    return trail.ask(Rule.EXPIRY, now < meeting.expiry(), () -> Inputs.expiry(meeting, now))
        ? new Allow(grounds)
        : Denials.expired();
  }

  private static boolean hasOne(Set<String> permissions, String needed) {
    return Stream.of(needed.split(", ", -1)).anyMatch(permissions::contains);
  }
}
