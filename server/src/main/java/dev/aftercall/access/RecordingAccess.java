package dev.aftercall.access;

import dev.aftercall.access.Decision.Allow;
import dev.aftercall.access.Decision.Deny;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.Denial.Rule;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    ATTRIBUTED_CONTENT,
    /** A picture that was drawn of it, by the rules for its bytes. */
    PICTURE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As the journal and shadow rules have it. */
    public String word() {
      return word;
    }
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

    /** The same; nobody where an application calls {@code /me}. */
    default Optional<UUID> someone(Caller caller) {
      return this instanceof Me && caller instanceof Caller.Application
          ? Optional.empty()
          : Optional.of(person(caller));
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
      Rules rules,
      Trail trail) {
    return open(
        identify(caller, permissions, action, path, threadId, rules, trail),
        permissions,
        action,
        rules,
        trail);
  }

  /** All rules that may be asked, in order. */
  public static List<Rule> chain(Caller caller, Permissions permissions, Action action) {
    boolean person = caller instanceof Caller.User;
    List<Rule> chain = new ArrayList<>();
    if (person) {
      chain.addAll(List.of(Rule.SCOPE, Rule.OWN_PATH));
    } else {
      chain.addAll(List.of(Rule.ME_NEEDS_USER, Rule.ROLE));
      if (!permissions.adhocCalls()) {
        chain.add(Rule.POLICY);
      }
    }
    chain.addAll(switches(permissions, action));
    chain.addAll(List.of(Rule.FOUND, Rule.ROSTER));
    if (!person && permissions.readChat().isPresent()) {
      chain.add(Rule.CONSENT_MEETING);
    }
    chain.add(Rule.EXPIRY);
    if (!permissions.adhocCalls()) {
      chain.add(Rule.CALENDAR_EVENT);
    }
    if (person && action != Action.METADATA && permissions == Permissions.RECORDINGS) {
      chain.add(Rule.DOWNLOAD);
    }
    return chain;
  }

  /** The tenant's switches among the rules. */
  static List<Rule> switches(Permissions permissions, Action action) {
    if (!permissions.transcripts()) {
      return List.of();
    }
    return action == Action.ATTRIBUTED_CONTENT
        ? List.of(Rule.TRANSCRIPT_ACCESS, Rule.SPEAKERS)
        : List.of(Rule.TRANSCRIPT_ACCESS);
  }

  private static Decision identify(
      Caller caller,
      Permissions permissions,
      Action action,
      PathUser path,
      String threadId,
      Rules rules,
      Trail trail) {
    return switch (caller) {
      case Caller.User user -> admitUser(user, permissions, path, trail);
      case Caller.Application app ->
          Inputs.person(path, trail)
              .map(
                  person ->
                      admitApplication(app, permissions, action, person, threadId, rules, trail))
              .orElseGet(Denials::meNeedsUser);
    };
  }

  /**
   * Whether the tenant gives transcripts out. Asked last, so that a caller without the permission
   * learns nothing of the tenant.
   */
  static Decision open(
      Decision otherwise, Permissions permissions, Action action, Rules rules, Trail trail) {
    Rules.Transcripts switches = rules.transcripts();
    if (otherwise instanceof Deny || !permissions.transcripts()) {
      return otherwise;
    }
    if (!trail.ask(
        Rule.TRANSCRIPT_ACCESS,
        switches.graphAccess(),
        () -> "graphTranscriptAccess is " + switches.graphAccess())) {
      return Denials.deny(
          Rule.TRANSCRIPT_ACCESS,
          Refusal.FORBIDDEN,
          "Graph API access to transcripts is disabled for this tenant.",
          "Ask a tenant admin for 'tenant set --graph-transcript-access on'.");
    }
    if (action == Action.ATTRIBUTED_CONTENT
        && !trail.ask(
            Rule.SPEAKERS,
            switches.attributed(),
            () -> "attributedTranscripts is " + switches.attributed())) {
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

  static Decision admitUser(Caller.User user, Permissions permissions, PathUser path, Trail trail) {
    if (!trail.ask(
        Rule.SCOPE,
        user.scopes().contains(permissions.readAll()),
        () -> Inputs.scopes(user, permissions.readAll()))) {
      return Denials.scope(user, permissions.readAll());
    }
    if (!Inputs.ownPath(user, path, trail)) {
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
      Rules rules,
      Trail trail) {
    boolean role = app.roles().contains(permissions.readAll());
    boolean covered = role && rules.policyCovers(person, app.appId());
    // Consent in the chat makes up for the role and the policy, and is looked for last.
    boolean consented =
        !covered
            && permissions
                .readChat()
                .filter(chat -> rules.consented(threadId, app.appId(), chat))
                .isPresent();
    if (!trail.ask(Rule.ROLE, role || consented, () -> Inputs.roles(app, permissions, consented))) {
      return noRole(app, permissions);
    }
    if (permissions.adhocCalls()) {
      return new Allow(Grounds.ROLE);
    }
    if (!trail.ask(
        Rule.POLICY,
        covered || consented,
        () -> Inputs.policy(person, app.appId(), rules) + Inputs.consent(consented))) {
      return noPolicy(app, action, person);
    }
    return new Allow(covered ? Grounds.POLICY : Grounds.CONSENT);
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

  static String missingRole(Caller caller, Permissions permissions, String consents) {
    return Denials.missingRole(
        caller,
        permissions.readAll() + permissions.readChat().map(chat -> ", " + chat).orElse(""),
        consents);
  }

  private static Decision noPolicy(Caller.Application app, Action action, UUID person) {
    return switch (action) {
      case METADATA -> Denials.policy(app, person);
      case CONTENT, ATTRIBUTED_CONTENT, PICTURE ->
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
      long now,
      Trail trail) {
    boolean listed =
        role.isPresent() && (!permissions.adhocCalls() || role.get() == Role.ORGANIZER);
    if (!trail.ask(Rule.ROSTER, listed, () -> Inputs.role(role))) {
      return Denials.stranger(
          Rule.ROSTER,
          permissions.adhocCalls()
              ? "Only the person who made the call can look it up."
              : "Only the organizer and the people invited can look this meeting up.");
    }
    if (grounds == Grounds.CONSENT
        && !trail.ask(
            Rule.CONSENT_MEETING,
            !meeting.channel() && meeting.type().scheduled(),
            () -> Inputs.kind(meeting))) {
      return Denials.deny(
          Rule.CONSENT_MEETING,
          Refusal.FORBIDDEN,
          missingRole(caller, permissions, permissions.readChat().orElse("")),
          "Resource-specific consent counts in private scheduled meetings only.");
    }
    if (!trail.ask(Rule.EXPIRY, now < meeting.expiry(), () -> Inputs.expiry(meeting, now))) {
      return Denials.expired();
    }
    if (!permissions.adhocCalls()
        && !trail.ask(
            Rule.CALENDAR_EVENT,
            !rules.calendarEventRequired() || meeting.calendarBacked(),
            () -> Inputs.calendar(meeting, rules))) {
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
        && !trail.ask(
            Rule.DOWNLOAD,
            role.equals(Optional.of(Role.ORGANIZER)) || rules.mayDownload(user.oid()),
            () -> Inputs.role(role) + Inputs.download(user.oid(), rules))) {
      return Denials.deny(
          Rule.DOWNLOAD,
          Refusal.ACCESS_DENIED,
          "Access denied. Only the meeting organizer can download the recording.",
          "Ask the organizer, or a tenant admin to let participants download.");
    }
    return new Allow(grounds);
  }
}
