package dev.aftercall.access;

import dev.aftercall.access.Decision.Allow;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.Denial.Rule;
import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import java.util.ArrayList;
import java.util.List;
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
      Rules rules,
      Trail trail) {
    Decision decision =
        switch (caller) {
          case Caller.User user -> admitUser(user, permissions, path, organizer, trail);
          case Caller.Application app ->
              admitApplication(app, permissions, path, organizer, rules, trail);
        };
    return RecordingAccess.open(decision, permissions, Action.METADATA, rules, trail);
  }

  /** All rules that may be asked, in order. */
  public static List<Rule> chain(Caller caller, Permissions permissions, Optional<PathUser> path) {
    List<Rule> chain = new ArrayList<>();
    switch (caller) {
      case Caller.User user ->
          chain.addAll(
              path.isEmpty()
                  ? List.of(Rule.ROLE)
                  : List.of(Rule.SCOPE, Rule.OWN_PATH, Rule.OWN_MEETINGS));
      case Caller.Application app -> {
        if (path.isPresent()) {
          chain.add(Rule.ME_NEEDS_USER);
        }
        chain.add(Rule.ROLE);
        if (!permissions.adhocCalls()) {
          chain.add(Rule.POLICY);
        }
      }
    }
    chain.addAll(RecordingAccess.switches(permissions, Action.METADATA));
    return chain;
  }

  private static Decision admitUser(
      Caller.User user,
      Permissions permissions,
      Optional<PathUser> path,
      UUID organizer,
      Trail trail) {
    if (path.isEmpty()) {
      boolean _ =
          trail.ask(Rule.ROLE, false, () -> "A person's token, which has no application's roles.");
      return Denials.deny(
          Rule.ROLE,
          Refusal.FORBIDDEN,
          Denials.missingRole(user, permissions.readAll(), ""),
          "Call /me or the signed-in user's own /users/" + user.oid() + ".");
    }
    Decision own = RecordingAccess.admitUser(user, permissions, path.get(), trail);
    if (own instanceof Allow
        && !trail.ask(
            Rule.OWN_MEETINGS,
            organizer.equals(user.oid()),
            () -> "The caller is " + user.oid() + ", the organizer asked for " + organizer)) {
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
      Rules rules,
      Trail trail) {
    if (path.isPresent() && Inputs.person(path.get(), trail).isEmpty()) {
      return Denials.meNeedsUser();
    }
    if (!trail.ask(
        Rule.ROLE,
        app.roles().contains(permissions.readAll()),
        () -> Inputs.roles(app, permissions.readAll()))) {
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
    Optional<UUID> uncovered =
        Stream.of(organizer, inPath)
            .filter(person -> !rules.policyCovers(person, app.appId()))
            .findFirst();
    return trail.ask(
            Rule.POLICY,
            uncovered.isEmpty(),
            () -> Inputs.policy(uncovered.orElse(organizer), app.appId(), rules))
        ? new Allow(Grounds.POLICY)
        : Denials.policy(app, uncovered.orElseThrow());
  }
}
