package dev.aftercall.access;

import dev.aftercall.access.Decision.Allow;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.Denial.Rule;
import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who may list everything that one organizer's meetings or one person's calls left behind: people
 * their own, applications with the role that a policy lets act for the organizer. Consent within a
 * chat opens that chat's meeting and never this. One question, answered before any look-up.
 *
 * <p>Source: "onlineMeeting: getAllRecordings", "adhocCall: getAllRecordings", whose permissions
 * name no consent, and the latter no policy.
 */
public final class OrganizerAccess {
  private OrganizerAccess() {}

  /**
   * May this caller list them?
   *
   * @param path whose path was called; empty for {@code /communications}, which is nobody's
   * @param organizer whose meetings or calls are wanted
   */
  public static Decision admit(
      Caller caller,
      Permissions permissions,
      Optional<PathUser> path,
      UUID organizer,
      Rules rules) {
    Decision decision =
        switch (caller) {
          case Caller.User user -> admitUser(user, permissions, path, organizer);
          case Caller.Application app -> admitApplication(app, permissions, path, organizer, rules);
        };
    return RecordingAccess.open(decision, permissions, Action.METADATA, rules);
  }

  private static Decision admitUser(
      Caller.User user, Permissions permissions, Optional<PathUser> path, UUID organizer) {
    if (path.isEmpty()) {
      return Denials.deny(
          Rule.ROLE,
          Refusal.FORBIDDEN,
          Denials.missingRole(user, permissions.readAll(), ""),
          "Call /me or the signed-in user's own /users/" + user.oid() + ".");
    }
    Decision own = RecordingAccess.admitUser(user, permissions, path.get());
    if (own instanceof Allow && !organizer.equals(user.oid())) {
      return Denials.deny(
          Rule.OWN_MEETINGS,
          Refusal.BAD_REQUEST,
          "The userId must match organizerId.",
          "A signed-in user lists what they organized themselves: ask for " + user.oid() + ".");
    }
    return own;
  }

  private static Decision admitApplication(
      Caller.Application app,
      Permissions permissions,
      Optional<PathUser> path,
      UUID organizer,
      Rules rules) {
    if (path.isPresent() && path.get() instanceof PathUser.Me) {
      return Denials.meNeedsUser();
    }
    if (!app.roles().contains(permissions.readAll())) {
      return Denials.deny(
          Rule.ROLE,
          Refusal.FORBIDDEN,
          Denials.missingRole(app, permissions.readAll(), ""),
          "Grant the application permission " + permissions.readAll() + ".");
    }
    if (permissions.adhocCalls()) {
      return new Allow(Grounds.ROLE);
    }
    UUID inPath =
        path.isPresent() && path.get() instanceof PathUser.Person(UUID person) ? person : organizer;
    return Stream.of(organizer, inPath)
        .filter(person -> !rules.policyCovers(person, app.appId()))
        .findFirst()
        .map(person -> Denials.policy(app, person))
        .orElseGet(() -> new Allow(Grounds.POLICY));
  }
}
