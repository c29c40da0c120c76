package dev.aftercall.access;

import dev.aftercall.access.Decision.Allow;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.Denial.Rule;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
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
  public static Decision admit(Caller caller, Action action, PathUser path, Rules rules) {
    return switch (caller) {
      case Caller.User user -> admitUser(user, action, path);
      case Caller.Application app ->
          switch (path) {
            case PathUser.Me me -> Denials.meNeedsUser();
            case PathUser.Person person -> admitApplication(app, action, person.oid(), rules);
          };
    };
  }

  /**
   * The first question of a look-up that is bound to no person: applications alone, and no
   * application access policy.
   */
  public static Decision admitTenantWide(Caller caller) {
    return caller instanceof Caller.Application app && hasOne(app.roles(), Action.READ.roles)
        ? new Allow(Grounds.POLICY)
        : noRole(caller, Action.READ);
  }

  private static Decision admitUser(Caller.User user, Action action, PathUser path) {
    if (!hasOne(user.scopes(), action.scopes)) {
      return Denials.scope(user, action.scopes);
    }
    if (path instanceof PathUser.Person person && !person.oid().equals(user.oid())) {
      return Denials.ownPath(user);
    }
    return new Allow(Grounds.DELEGATED);
  }

  private static Decision admitApplication(
      Caller.Application app, Action action, UUID person, Rules rules) {
    if (!hasOne(app.roles(), action.roles)) {
      return noRole(app, action);
    }
    if (action.needsPolicy() && !rules.policyCovers(person, app.appId())) {
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
      Action action, Grounds grounds, Meeting meeting, Optional<Role> role, long now) {
    if (role.isEmpty()) {
      return Denials.stranger(
          Rule.ROSTER, "Only the organizer and the people invited can look this meeting up.");
    }
    if (now >= meeting.expiry()) {
      return Denials.expired();
    }
    if (action == Action.WRITE && role.get() != Role.ORGANIZER) {
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
  public static Decision permitTenantWide(Grounds grounds, Meeting meeting, long now) {
    return now >= meeting.expiry() ? Denials.expired() : new Allow(grounds);
  }

  private static boolean hasOne(Set<String> permissions, String needed) {
    return Stream.of(needed.split(", ", -1)).anyMatch(permissions::contains);
  }
}
