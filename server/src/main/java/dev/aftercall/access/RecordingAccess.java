package dev.aftercall.access;

import dev.aftercall.access.Decision.Allow;
import dev.aftercall.access.Decision.Deny;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.Denial.Rule;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Who may read a recording: the decision table of Graph's callRecording as pure functions. Two
 * questions, because the first must be answered before anything is looked up:
 *
 * <ol>
 *   <li>{@link #admit}: may this caller ask at all, by token and rules alone?
 *   <li>{@link #permit}: may it have this, now that the meeting is known?
 * </ol>
 *
 * Source: "Get callRecording", its notes on permissions; "Allow applications to access online
 * meetings on behalf of a user".
 */
public final class RecordingAccess {
  /** The permission that people and applications need. */
  public static final String READ_ALL = "OnlineMeetingRecording.Read.All";

  /** The permission of resource-specific consent. */
  public static final String READ_CHAT = "OnlineMeetingRecording.Read.Chat";

  private RecordingAccess() {}

  /** What is asked for. */
  public enum Action {
    /** The record about it. */
    METADATA,
    /** Its bytes. */
    CONTENT
  }

  /** Whose path was called. */
  public sealed interface PathUser {
    /** {@code /me} */
    record Me() implements PathUser {}

    /** {@code /users/{id}} */
    record Person(UUID oid) implements PathUser {}
  }

  /** The first question; needs the thread only for consent. */
  public static Decision admit(
      Caller caller, Action action, PathUser path, String threadId, Rules rules) {
    return switch (caller) {
      case Caller.User user -> admitUser(user, path);
      case Caller.Application app ->
          switch (path) {
            case PathUser.Me me ->
                deny(
                    Rule.ME_NEEDS_USER,
                    Refusal.BAD_REQUEST,
                    "/me request is only valid with delegated authentication flow.",
                    "Call /users/{id} with an application's token, or sign a person in.");
            case PathUser.Person person ->
                admitApplication(app, action, person.oid(), threadId, rules);
          };
    };
  }

  private static Decision admitUser(Caller.User user, PathUser path) {
    if (!user.scopes().contains(READ_ALL)) {
      return deny(
          Rule.SCOPE,
          Refusal.FORBIDDEN,
          "Missing scope permissions on the request. API requires one of '"
              + READ_ALL
              + "'. Scopes on the request '"
              + joined(user.scopes())
              + "'.",
          "Consent to the delegated permission " + READ_ALL + ".");
    }
    if (path instanceof PathUser.Person person && !person.oid().equals(user.oid())) {
      return deny(
          Rule.OWN_PATH,
          Refusal.FORBIDDEN,
          "3003: User does not have access to lookup meeting",
          "Call /me or the signed-in user's own /users/" + user.oid() + ".");
    }
    return new Allow(Grounds.DELEGATED);
  }

  private static Decision admitApplication(
      Caller.Application app, Action action, UUID person, String threadId, Rules rules) {
    boolean role = app.roles().contains(READ_ALL);
    if (role && rules.policyCovers(person, app.appId())) {
      return new Allow(Grounds.POLICY);
    }
    if (rules.consented(threadId, app.appId(), READ_CHAT)) {
      return new Allow(Grounds.CONSENT);
    }
    return role ? noPolicy(app, action, person) : noRole(app);
  }

  private static Decision noRole(Caller.Application app) {
    return deny(
        Rule.ROLE,
        Refusal.FORBIDDEN,
        missingRole(app, ""),
        "Grant the application permission " + READ_ALL + ", or consent to it in the chat.");
  }

  private static String missingRole(Caller caller, String consents) {
    Set<String> roles = caller instanceof Caller.Application app ? app.roles() : Set.of();
    return "Missing role permissions on the request. API requires one of '"
        + READ_ALL
        + ", "
        + READ_CHAT
        + "'. Roles on the request '"
        + joined(roles)
        + "'. Resource specific consent grants on the request '"
        + consents
        + "'.";
  }

  private static Decision noPolicy(Caller.Application app, Action action, UUID person) {
    String message =
        switch (action) {
          case METADATA ->
              "No application access policy found for this app "
                  + app.appId()
                  + " on the user "
                  + person
                  + ".";
          case CONTENT ->
              "Application is not allowed to perform operations on the user '"
                  + person
                  + "', neither is allowed access through RSC permission evaluation.";
        };
    return deny(
        Rule.POLICY,
        Refusal.FORBIDDEN,
        message,
        "Grant the user, a group of theirs or the tenant an application access policy that names "
            + app.appId()
            + ".");
  }

  /**
   * The second question.
   *
   * @param grounds what {@link #admit} allowed by
   * @param role what the person in the path is to the meeting
   * @param now ticks
   */
  public static Decision permit(
      Caller caller,
      Action action,
      Grounds grounds,
      Meeting meeting,
      Optional<Role> role,
      Rules rules,
      long now) {
    if (role.isEmpty()) {
      return deny(
          Rule.ROSTER,
          Refusal.FORBIDDEN,
          "3003: User does not have access to lookup meeting",
          "Only the organizer and the people invited can look this meeting up.");
    }
    if (grounds == Grounds.CONSENT && (meeting.channel() || !meeting.type().scheduled())) {
      return deny(
          Rule.CONSENT_MEETING,
          Refusal.FORBIDDEN,
          missingRole(caller, READ_CHAT),
          "Resource-specific consent counts in private scheduled meetings only.");
    }
    if (now >= meeting.expiry()) {
      return deny(
          Rule.EXPIRY,
          Refusal.NOT_FOUND,
          "The requested resource does not exist.",
          "The meeting has expired; starting or updating it extends it by 60 days.");
    }
    if (rules.calendarEventRequired() && !meeting.calendarBacked()) {
      return deny(
          Rule.CALENDAR_EVENT,
          Refusal.BAD_REQUEST,
          "No iCalUid found for the meeting. This API is supported only for calendar backed"
              + " OnlineMeeting.",
          "Make the meeting by an event in the calendar, or ask the operator to set"
              + " graph.require-calendar-event=false.");
    }
    if (action == Action.CONTENT
        && caller instanceof Caller.User user
        && role.get() != Role.ORGANIZER
        && !rules.mayDownload(user.oid())) {
      return deny(
          Rule.DOWNLOAD,
          Refusal.ACCESS_DENIED,
          "Access denied. Only the meeting organizer can download the recording.",
          "Ask the organizer, or a tenant admin to let participants download.");
    }
    return new Allow(grounds);
  }

  private static String joined(Set<String> permissions) {
    return String.join(", ", new TreeSet<>(permissions));
  }

  private static Decision deny(Rule rule, Refusal refusal, String message, String remedy) {
    return new Deny(new Denial(rule, refusal, message, remedy));
  }
}
