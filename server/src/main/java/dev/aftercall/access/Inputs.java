package dev.aftercall.access;

import dev.aftercall.access.Denial.Rule;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.time.Ticks;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What rules were asked about, in words for administrators; and two rules that all chains ask. */
final class Inputs {
  private Inputs() {}

  /** The person in an application's path, if it is a person's. */
  static Optional<UUID> person(PathUser path, Trail trail) {
    Optional<UUID> person =
        switch (path) {
          case PathUser.Me me -> Optional.empty();
          case PathUser.Person(UUID oid) -> Optional.of(oid);
        };
    boolean asked =
        trail.ask(
            Rule.ME_NEEDS_USER,
            person.isPresent(),
            () -> "The path is " + person.map(oid -> "/users/" + oid).orElse("/me"));
    return asked ? person : Optional.empty();
  }

  /** Whether a person calls their own path. */
  static boolean ownPath(Caller.User user, PathUser path, Trail trail) {
    UUID called = path.person(user);
    return trail.ask(
        Rule.OWN_PATH,
        called.equals(user.oid()),
        () -> "The caller is " + user.oid() + ", the path is of " + called);
  }

  static String scopes(Caller.User user, String needed) {
    return "One of " + needed + " is needed; the token has " + listed(user.scopes());
  }

  static String roles(Caller.Application app, String needed) {
    return "One of " + needed + " is needed; the token has " + listed(app.roles());
  }

  static String any(Caller caller, String needed) {
    return caller instanceof Caller.Application app
        ? roles(app, needed)
        : "A person's token, which has no application's roles";
  }

  static String roles(Caller.Application app, Permissions permissions, boolean consented) {
    return roles(app, permissions.readAll()) + consent(consented);
  }

  static String consent(boolean consented) {
    return consented ? "; the chat has a consent for the application" : "; no consent in the chat";
  }

  static String policy(UUID person, String appId, Rules rules) {
    Optional<String> policy = rules.effectivePolicy(person);
    return policy
        .map(
            name ->
                "For "
                    + person
                    + " counts policy '"
                    + name
                    + "', which lets in "
                    + (rules.policyCovers(person, appId) ? "" : "others than ")
                    + appId)
        .orElse("No policy is granted to " + person + ", a group of theirs or everybody");
  }

  static String role(Optional<Role> role) {
    return role.map(known -> "The person in the path is " + known.name().toLowerCase(Locale.ROOT))
        .orElse("The person in the path is not on the roster");
  }

  static String kind(Meeting meeting) {
    return "A " + meeting.type().wire() + " meeting" + (meeting.channel() ? " of a channel" : "");
  }

  static String expiry(Meeting meeting, long now) {
    return "It expires at " + Ticks.format(meeting.expiry()) + "; it is " + Ticks.format(now);
  }

  static String calendar(Meeting meeting, Rules rules) {
    return "graph.require-calendar-event is "
        + rules.calendarEventRequired()
        + "; the meeting has "
        + (meeting.calendarBacked() ? "an event" : "no event");
  }

  static String download(UUID person, Rules rules) {
    return "; participantDownload is "
        + rules.download().participants()
        + (rules.mayDownload(person) && !rules.download().participants()
            ? ", and a group of theirs is exempt"
            : "");
  }

  static String listed(Collection<?> words) {
    return words.isEmpty()
        ? "none"
        : words.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }
}
