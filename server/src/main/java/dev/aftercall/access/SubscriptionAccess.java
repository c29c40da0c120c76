package dev.aftercall.access;

import dev.aftercall.access.Decision.Allow;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.Denial.Rule;
import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who may be told of recordings and transcripts. Asked twice: when somebody subscribes, and anew
 * for every notification, where it is the question of {@link RecordingAccess} about the very path
 * that the notification names.
 *
 * <p>Source: "Get change notifications for Teams meeting transcripts and recordings", permissions.
 */
public final class SubscriptionAccess {
  private SubscriptionAccess() {}

  /** What is subscribed to. */
  public sealed interface Scope {
    /** Everything in the tenant. */
    record Everything() implements Scope {}

    /** The meetings in whose chats the application has consent. */
    record Installed() implements Scope {}

    /** What one person organizes, or calls. */
    record OfPerson(UUID oid) implements Scope {}

    /**
     * One meeting.
     *
     * @param byConsent whether resource-specific consent alone shall count; without, it never does
     */
    record OfMeeting(MeetingId id, boolean byConsent) implements Scope {}

    /** One ad hoc call. */
    record OfCall(UUID id) implements Scope {}
  }

  /** May this caller subscribe to that at all? */
  public static Decision admit(
      Caller caller, Permissions permissions, Scope scope, Rules rules, Trail trail) {
    return switch (scope) {
      case Scope.Everything everything -> tenantWide(caller, permissions, rules, false, trail);
      case Scope.Installed installed -> tenantWide(caller, permissions, rules, true, trail);
      case Scope.OfPerson(UUID oid) ->
          OrganizerAccess.admit(
              caller, permissions, Optional.of(new PathUser.Person(oid)), oid, rules, trail);
      case Scope.OfMeeting(MeetingId id, boolean byConsent) ->
          inMeeting(caller, permissions, id.organizer(), id.threadId(), byConsent, rules, trail);
      // Nobody asks for the organizer: a role alone opens ad hoc calls.
      case Scope.OfCall call ->
          inMeeting(caller, permissions, PathUser.NOBODY, "", false, rules, trail);
    };
  }

  /** All rules that may be asked of somebody who subscribes, in order. */
  public static List<Rule> chain(Caller caller, Permissions permissions, Scope scope) {
    return switch (scope) {
      case Scope.Everything everything -> tenantWideChain(permissions);
      case Scope.Installed installed -> tenantWideChain(permissions);
      case Scope.OfPerson(UUID oid) ->
          OrganizerAccess.chain(caller, permissions, Optional.of(new PathUser.Person(oid)));
      case Scope.OfMeeting meeting -> RecordingAccess.chain(caller, permissions, Action.METADATA);
      case Scope.OfCall call -> RecordingAccess.chain(caller, permissions, Action.METADATA);
    };
  }

  private static List<Rule> tenantWideChain(Permissions permissions) {
    List<Rule> chain = new ArrayList<>(List.of(Rule.ROLE));
    chain.addAll(RecordingAccess.switches(permissions, Action.METADATA));
    return chain;
  }

  private static Decision tenantWide(
      Caller caller, Permissions permissions, Rules rules, boolean byConsent, Trail trail) {
    boolean role =
        caller instanceof Caller.Application app && app.roles().contains(permissions.readAll());
    boolean consent =
        byConsent
            && caller instanceof Caller.Application app
            && permissions
                .readChat()
                .filter(chat -> rules.consentedAnywhere(app.appId(), chat))
                .isPresent();
    Decision decision =
        trail.ask(
                Rule.ROLE,
                role || consent,
                () ->
                    Inputs.any(caller, permissions.readAll())
                        + (byConsent ? Inputs.consent(consent) : ""))
            ? new Allow(role ? Grounds.ROLE : Grounds.CONSENT)
            : Denials.deny(
                Rule.ROLE,
                Refusal.FORBIDDEN,
                byConsent
                    ? RecordingAccess.missingRole(caller, permissions, "")
                    : Denials.missingRole(caller, permissions.readAll(), ""),
                "Subscribe with the token of an application that has the permission "
                    + permissions.readAll()
                    + "; a person subscribes to users/{id}/… or to one meeting.");
    return RecordingAccess.open(decision, permissions, Action.METADATA, rules, trail);
  }

  private static Decision inMeeting(
      Caller caller,
      Permissions permissions,
      UUID organizer,
      String threadId,
      boolean byConsent,
      Rules rules,
      Trail trail) {
    return switch (caller) {
      case Caller.User user ->
          RecordingAccess.admit(
              user, permissions, Action.METADATA, new PathUser.Me(), threadId, rules, trail);
      case Caller.Application app ->
          RecordingAccess.admit(
              byConsent ? withoutRoles(app) : app,
              permissions,
              Action.METADATA,
              new PathUser.Person(organizer),
              byConsent ? threadId : "",
              rules,
              trail);
    };
  }

  private static Caller.Application withoutRoles(Caller.Application app) {
    return new Caller.Application(app.tenant(), app.appId(), app.displayName(), Set.of());
  }

  /**
   * May this subscriber be told of an artifact of that meeting or call, now?
   *
   * @param role what the subscribing person is to the meeting; an application is asked about in the
   *     organizer's path
   * @param now ticks
   */
  public static Decision tell(
      Caller caller,
      Permissions permissions,
      Scope scope,
      Meeting meeting,
      Optional<Role> role,
      Rules rules,
      long now,
      Trail trail) {
    boolean byConsent =
        scope instanceof Scope.Installed
            || (scope instanceof Scope.OfMeeting one && one.byConsent());
    Decision admitted =
        inMeeting(
            caller, permissions, meeting.organizer(), meeting.threadId(), byConsent, rules, trail);
    return switch (admitted) {
      case Decision.Deny deny -> deny;
      case Allow(Grounds grounds) ->
          RecordingAccess.permit(
              caller,
              permissions,
              Action.METADATA,
              grounds,
              meeting,
              caller instanceof Caller.User ? role : Optional.of(Role.ORGANIZER),
              rules,
              now,
              trail);
    };
  }
}
