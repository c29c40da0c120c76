package dev.aftercall.gate;

import dev.aftercall.access.AdminAccess;
import dev.aftercall.access.Decision;
import dev.aftercall.access.Denial;
import dev.aftercall.access.Explanation;
import dev.aftercall.access.MeetingAccess;
import dev.aftercall.access.OrganizerAccess;
import dev.aftercall.access.Permissions;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Trail;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Meetings;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Catalogue;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.recording.Whereabouts;
import dev.aftercall.ruling.Acquaintance;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Answers how a request would be decided, by the very decisions that are made of requests; opens
 * and journals nothing.
 */
public final class Why {
  private final RuleBook ruleBook;
  private final RecordingDecision recordings;
  private final Meetings meetings;
  private final Whereabouts whereabouts;
  private final Acquaintance acquaintance;
  private final InstantSource clock;

  /** Where the facts are. */
  public record Facts(
      Catalogue catalogue, Meetings meetings, Whereabouts whereabouts, Acquaintance acquaintance) {}

  /** Answers by those rules and facts. */
  public Why(RuleBook ruleBook, Facts facts, InstantSource clock) {
    this.ruleBook = ruleBook;
    this.recordings = new RecordingDecision(ruleBook, facts.catalogue(), clock);
    this.meetings = facts.meetings();
    this.whereabouts = facts.whereabouts();
    this.acquaintance = facts.acquaintance();
    this.clock = clock;
  }

  /**
   * Answers.
   *
   * @throws ChangeRefused when the question cannot be understood, or is of something unknown
   */
  public Explanation answer(Question question) {
    return switch (question.action().toLowerCase(Locale.ROOT)) {
      case "metadata" -> recording(question, Action.METADATA);
      case "content" -> recording(question, Action.CONTENT);
      case "attributedcontent" -> recording(question, Action.ATTRIBUTED_CONTENT);
      case "list" -> list(question);
      case "listall" -> listAll(question);
      case "readmeeting" -> meeting(question, MeetingAccess.Action.READ, "OnlineMeetings.Read");
      case "changemeeting" ->
          meeting(question, MeetingAccess.Action.WRITE, "OnlineMeetings.ReadWrite");
      case "administer" -> administer(question);
      default ->
          throw unfit(
              "The action '" + question.action() + "' is not known.",
              "Ask for one of " + String.join(", ", Question.ACTIONS) + ".");
    };
  }

  private Explanation recording(Question question, Action action) {
    UUID artifact = artifact(question);
    Whereabouts.Located at = located(question.tenant(), artifact);
    Meeting meeting = at.meeting();
    boolean call = meeting.type() == MeetingType.ADHOC;
    Permissions permissions = Ask.permissions(at.kind(), call);
    Caller caller = caller(question, permissions.readAll(), permissions.readAll());
    Ask ask =
        new Ask(
            "",
            caller,
            path(question, caller, meeting.organizer()),
            at.kind(),
            call ? new Place.OfCall(meeting.key()) : new Place.OfMeeting(meeting.id()),
            artifact.toString(),
            artifact);
    Trail trail = new Trail();
    List<Denial.Rule> chain = RecordingAccess.chain(caller, permissions, action);
    return switch (recordings.walk(ask, action, trail, RecordingDecision.Decided.UNHEARD)) {
      case RecordingDecision.Let let -> trail.explained(new Decision.Allow(let.grounds()), chain);
      case RecordingDecision.Denied(Denial denial) -> trail.explained(denial, chain);
      case RecordingDecision.Missing missing -> trail.explained(Denial.notFound(), chain);
    };
  }

  private Explanation list(Question question) {
    Meeting meeting = meetingOf(question);
    boolean call = meeting.type() == MeetingType.ADHOC;
    Permissions permissions = Ask.permissions(Artifact.Kind.RECORDING, call);
    Caller caller = caller(question, permissions.readAll(), permissions.readAll());
    PathUser path = path(question, caller, meeting.organizer());
    Trail trail = new Trail();
    Decision decision =
        RecordingAccess.admit(
            caller,
            permissions,
            Action.METADATA,
            path,
            meeting.threadId(),
            ruleBook.of(question.tenant()),
            trail);
    if (decision instanceof Decision.Allow(Decision.Grounds grounds)) {
      boolean _ = trail.ask(Denial.Rule.FOUND, true, () -> "The meeting is there");
      decision =
          RecordingAccess.permit(
              caller,
              permissions,
              Action.METADATA,
              grounds,
              meeting,
              found(question.tenant(), meeting).flatMap(it -> it.role(path.person(caller))),
              ruleBook.of(question.tenant()),
              now(),
              trail);
    }
    return trail.explained(decision, RecordingAccess.chain(caller, permissions, Action.METADATA));
  }

  private Explanation listAll(Question question) {
    Permissions permissions = Permissions.RECORDINGS;
    Caller caller = caller(question, permissions.readAll(), permissions.readAll());
    UUID organizer =
        question
            .user()
            .or(
                () ->
                    caller instanceof Caller.User user ? Optional.of(user.oid()) : Optional.empty())
            .orElseThrow(() -> unfit("It is not said whose recordings.", "Add user=OID."));
    Optional<PathUser> path = Optional.of(new PathUser.Person(organizer));
    Trail trail = new Trail();
    return trail.explained(
        OrganizerAccess.admit(
            caller, permissions, path, organizer, ruleBook.of(question.tenant()), trail),
        OrganizerAccess.chain(caller, permissions, path));
  }

  private Explanation meeting(Question question, MeetingAccess.Action action, String permission) {
    Meeting meeting = meetingOf(question);
    Caller caller = caller(question, permission, permission + ".All");
    PathUser path = path(question, caller, meeting.organizer());
    Trail trail = new Trail();
    Decision decision =
        MeetingAccess.admit(caller, action, path, ruleBook.of(question.tenant()), trail);
    if (decision instanceof Decision.Allow(Decision.Grounds grounds)) {
      Optional<OnlineMeeting> found = found(question.tenant(), meeting);
      decision =
          trail.ask(
                  Denial.Rule.FOUND,
                  found.isPresent(),
                  () -> found.isPresent() ? "The meeting is there" : "There is no such meeting")
              ? MeetingAccess.permit(
                  action,
                  grounds,
                  meeting,
                  found.flatMap(it -> it.role(path.person(caller))),
                  now(),
                  trail)
              : new Decision.Deny(Denial.notFound());
    }
    return trail.explained(decision, MeetingAccess.chain(caller, action));
  }

  private Explanation administer(Question question) {
    Caller caller = caller(question, AdminAccess.MANAGE, AdminAccess.MANAGE);
    Trail trail = new Trail();
    return trail.explained(
        AdminAccess.admit(caller, AdminAccess.Action.CHANGE, trail),
        AdminAccess.chain(caller, AdminAccess.Action.CHANGE));
  }

  private Meeting meetingOf(Question question) {
    if (question.recording().isPresent()) {
      return located(question.tenant(), artifact(question)).meeting();
    }
    String id =
        question
            .meeting()
            .orElseThrow(
                () -> unfit("It is not said of which meeting.", "Add meeting=ID or recording=ID."));
    return MeetingId.parse(id)
        .flatMap(parsed -> meetings.byThread(question.tenant(), parsed.threadId()))
        .map(OnlineMeeting::meeting)
        .orElseThrow(
            () ->
                ChangeRefused.notFound(
                    "There is no meeting '" + id + "' in this tenant.",
                    "Send the id as onlineMeeting has it."));
  }

  private Optional<OnlineMeeting> found(UUID tenant, Meeting meeting) {
    return meetings.byThread(tenant, meeting.threadId());
  }

  private static UUID artifact(Question question) {
    String id =
        question
            .recording()
            .orElseThrow(() -> unfit("It is not said of which recording.", "Add recording=ID."));
    return RecordingId.artifact(id)
        .orElseThrow(
            () ->
                unfit(
                    "'" + id + "' is no recording's or transcript's id.",
                    "Send the id as Graph has it, or its GUID."));
  }

  private Whereabouts.Located located(UUID tenant, UUID artifact) {
    return whereabouts
        .locate(tenant, artifact)
        .orElseThrow(
            () ->
                ChangeRefused.notFound(
                    "There is no recording or transcript " + artifact + " in this tenant.",
                    "See what is kept by a meeting's /recordings, or 'aftercall journal list'."));
  }

  private static PathUser path(Question question, Caller caller, UUID organizer) {
    if (question.user().isPresent()) {
      return new PathUser.Person(question.user().get());
    }
    return caller instanceof Caller.User ? new PathUser.Me() : new PathUser.Person(organizer);
  }

  private Caller caller(Question question, String scope, String role) {
    String text = question.caller();
    if (text.startsWith("user:")) {
      return user(
          question,
          GraphIds.guid(text.substring("user:".length()))
              .orElseThrow(
                  () -> unfit("'" + text + "' has no GUID behind 'user:'.", "Send user:OID.")),
          scope);
    }
    if (text.startsWith("app:")) {
      return app(question, text.substring("app:".length()), role);
    }
    Optional<UUID> oid = GraphIds.guid(text);
    if (oid.isPresent() && acquaintance.knowsPerson(question.tenant(), oid.get())) {
      return user(question, oid.get(), scope);
    }
    if (acquaintance.unknownApps(question.tenant(), List.of(text)).isEmpty()) {
      return app(question, text, role);
    }
    throw unfit(
        "Nobody knows whether '" + text + "' is a person or an application.",
        "Write user:" + text + " or app:" + text + ".");
  }

  private static Caller user(Question question, UUID oid, String scope) {
    return new Caller.User(
        question.tenant(),
        "",
        oid,
        "",
        question.permissions().orElse(Set.of(scope)),
        question.directoryRoles());
  }

  private static Caller app(Question question, String appId, String role) {
    return new Caller.Application(
        question.tenant(), appId, "", question.permissions().orElse(Set.of(role)));
  }

  private static ChangeRefused unfit(String message, String remedy) {
    return new ChangeRefused(ChangeRefused.Reason.INVALID, message, remedy);
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
