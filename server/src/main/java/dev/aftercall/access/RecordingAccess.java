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
import java.util.UUID;

/**
 * Who may read a recording or a transcript: the decision table of Graph's callRecording as pure
 * functions. Two questions, because the first must be answered before anything is looked up:
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
    CONTENT,
    /** The bytes of a transcript in a form that says who spoke. */
    ATTRIBUTED_CONTENT
  }

  /** Whose path was called. */
  public sealed interface PathUser {
    /** An application that calls {@code /me} stands for nobody, and is refused for it. */
    UUID NOBODY = new UUID(0, 0);

    /** The person whose path it is, also for {@code /me}: the one who is signed in. */
    default UUID person(Caller caller) {
      return switch (this) {
        case Person person -> person.oid();
        case Me me when caller instanceof Caller.User user -> user.oid();
        case Me me -> NOBODY;
      };
    }

    /** {@code /me} */
    record Me() implements PathUser {}

    /** {@code /users/{id}} */
    record Person(UUID oid) implements PathUser {}
  }

  /** The first question; needs the thread only for consent. */
  public static Decision admit(
      Caller caller,
      Permissions permissions,
      Action action,
      PathUser path,
      String threadId,
      Rules rules) {
    return open(
        identify(caller, permissions, action, path, threadId, rules), permissions, action, rules);
  }

  private static Decision identify(
      Caller caller,
      Permissions permissions,
      Action action,
      PathUser path,
      String threadId,
      Rules rules) {
    return switch (caller) {
      case Caller.User user -> admitUser(user, permissions, path);
      case Caller.Application app ->
          switch (path) {
            case PathUser.Me me -> Denials.meNeedsUser();
            case PathUser.Person person ->
                admitApplication(app, permissions, action, person.oid(), threadId, rules);
          };
    };
  }

  /**
   * Whether the tenant gives transcripts out. Asked last, so that a caller without the permission
   * learns nothing of the tenant.
   */
  static Decision open(Decision otherwise, Permissions permissions, Action action, Rules rules) {
    Rules.Transcripts switches = rules.transcripts();
    if (otherwise instanceof Deny || !permissions.transcripts()) {
      return otherwise;
    }
    if (!switches.graphAccess()) {
      return Denials.deny(
          Rule.TRANSCRIPT_ACCESS,
          Refusal.FORBIDDEN,
          "Graph API access to transcripts is disabled for this tenant.",
          "Ask a tenant admin for 'tenant set --graph-transcript-access on'.");
    }
    if (action == Action.ATTRIBUTED_CONTENT && !switches.attributed()) {
      return Denials.deny(
          Rule.SPEAKERS,
          Refusal.FORBIDDEN,
          "Speaker-attributed transcript content is disabled for this tenant. Retry with Accept"
              + " 'application/vnd.microsoft.graph.transcript+text'.",
          "Ask for the form without names, or a tenant admin for 'tenant set"
              + " --attributed-transcripts on'.");
    }
    return otherwise;
  }

  static Decision admitUser(Caller.User user, Permissions permissions, PathUser path) {
    if (!user.scopes().contains(permissions.readAll())) {
      return Denials.scope(user, permissions.readAll());
    }
    if (path instanceof PathUser.Person person && !person.oid().equals(user.oid())) {
      return Denials.ownPath(user);
    }
    return new Allow(Grounds.DELEGATED);
  }

  private static Decision admitApplication(
      Caller.Application app,
      Permissions permissions,
      Action action,
      UUID person,
      String threadId,
      Rules rules) {
    boolean role = app.roles().contains(permissions.readAll());
    if (role && permissions.adhocCalls()) {
      return new Allow(Grounds.ROLE);
    }
    if (role && rules.policyCovers(person, app.appId())) {
      return new Allow(Grounds.POLICY);
    }
    boolean consented =
        permissions
            .readChat()
            .filter(chat -> rules.consented(threadId, app.appId(), chat))
            .isPresent();
    if (consented) {
      return new Allow(Grounds.CONSENT);
    }
    return role ? noPolicy(app, action, person) : noRole(app, permissions);
  }

  private static Decision noRole(Caller.Application app, Permissions permissions) {
    return Denials.deny(
        Rule.ROLE,
        Refusal.FORBIDDEN,
        missingRole(app, permissions, ""),
        "Grant the application permission "
            + permissions.readAll()
            + (permissions.readChat().isPresent() ? ", or consent to it in the chat." : "."));
  }

  private static String missingRole(Caller caller, Permissions permissions, String consents) {
    return Denials.missingRole(
        caller,
        permissions.readAll() + permissions.readChat().map(chat -> ", " + chat).orElse(""),
        consents);
  }

  static Decision noPolicy(Caller.Application app, Action action, UUID person) {
    return switch (action) {
      case METADATA -> Denials.policy(app, person);
      case CONTENT, ATTRIBUTED_CONTENT ->
          Denials.policy(
              app,
              "Application is not allowed to perform operations on the user '"
                  + person
                  + "', neither is allowed access through RSC permission evaluation.");
    };
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
      Permissions permissions,
      Action action,
      Grounds grounds,
      Meeting meeting,
      Optional<Role> role,
      Rules rules,
      long now) {
    if (role.isEmpty() || (permissions.adhocCalls() && role.get() != Role.ORGANIZER)) {
      return Denials.stranger(
          Rule.ROSTER,
          permissions.adhocCalls()
              ? "Only the person who made the call can look it up."
              : "Only the organizer and the people invited can look this meeting up.");
    }
    if (grounds == Grounds.CONSENT && (meeting.channel() || !meeting.type().scheduled())) {
      return Denials.deny(
          Rule.CONSENT_MEETING,
          Refusal.FORBIDDEN,
          missingRole(caller, permissions, permissions.readChat().orElse("")),
          "Resource-specific consent counts in private scheduled meetings only.");
    }
    if (now >= meeting.expiry()) {
      return Denials.expired();
    }
    if (rules.calendarEventRequired() && !permissions.adhocCalls() && !meeting.calendarBacked()) {
      return Denials.deny(
          Rule.CALENDAR_EVENT,
          Refusal.BAD_REQUEST,
          "No iCalUid found for the meeting. This API is supported only for calendar backed"
              + " OnlineMeeting.",
          "Make the meeting by an event in the calendar, or ask the operator to set"
              + " graph.require-calendar-event=false.");
    }
    // What Microsoft's pages keep to the organizer is the content of recordings; of transcripts
    // they say no such thing, and tenants close those by the switches.
    if (action != Action.METADATA
        && permissions == Permissions.RECORDINGS
        && caller instanceof Caller.User user
        && role.get() != Role.ORGANIZER
        && !rules.mayDownload(user.oid())) {
      return Denials.deny(
          Rule.DOWNLOAD,
          Refusal.ACCESS_DENIED,
          "Access denied. Only the meeting organizer can download the recording.",
          "Ask the organizer, or a tenant admin to let participants download.");
    }
    return new Allow(grounds);
  }
}
