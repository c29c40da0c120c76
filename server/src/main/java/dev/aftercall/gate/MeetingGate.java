package dev.aftercall.gate;

import dev.aftercall.access.Decision;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial;
import dev.aftercall.access.MeetingAccess;
import dev.aftercall.access.MeetingAccess.Action;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Rules;
import dev.aftercall.access.Trail;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.meeting.CalendarQuery;
import dev.aftercall.meeting.JoinLink;
import dev.aftercall.meeting.Joining;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingDraft;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.Meetings;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one door to online meetings: decide, find, decide, journal. A caller who is refused by token
 * and rules has caused no look-up at all.
 */
public final class MeetingGate {
  private static final int TRIES = 20;

  private final RuleBook ruleBook;
  private final Meetings meetings;
  private final Journal journal;
  private final NewMeetings making;
  private final InstantSource clock;
  private final Entries entries;

  /** Builds the gate from what it guards. */
  public MeetingGate(
      RuleBook ruleBook, Meetings meetings, Journal journal, Ids ids, InstantSource clock) {
    this.ruleBook = ruleBook;
    this.meetings = meetings;
    this.journal = journal;
    this.making = new NewMeetings(meetings, ids, clock);
    this.clock = clock;
    this.entries = new Entries(clock);
  }

  /**
   * A meeting that was made, or the one that stood.
   *
   * @param created whether it was made by this call
   */
  public record Made(OnlineMeeting meeting, boolean created) {}

  /**
   * Makes a meeting of the person in the path.
   *
   * @throws Refused when a rule says no
   * @throws ExternalIdTaken when the draft has the external id of another meeting
   */
  public OnlineMeeting create(MeetingAsk ask, Function<UUID, MeetingDraft> draft) {
    Action action = Action.WRITE;
    Admitted admitted = admit(ask, action);
    Made made = make(ask, action, admitted, draft);
    if (!made.created()) {
      throw new ExternalIdTaken();
    }
    done(ask, action, made.meeting(), admitted.grounds());
    return made.meeting();
  }

  /** The same for an event in the person's calendar. */
  public OnlineMeeting createEvent(MeetingAsk ask, Function<UUID, MeetingDraft> draft) {
    Action action = Action.WRITE_CALENDAR;
    Admitted admitted = admit(ask, action);
    Made made = make(ask, action, admitted, draft);
    done(ask, action, made.meeting(), admitted.grounds());
    return made.meeting();
  }

  /** Makes a meeting unless there is one under the draft's external id, which lives on then. */
  public Made createOrGet(MeetingAsk ask, Function<UUID, MeetingDraft> draft) {
    Action action = Action.WRITE;
    Admitted admitted = admit(ask, action);
    Made made = make(ask, action, admitted, draft);
    if (made.created()) {
      done(ask, action, made.meeting(), admitted.grounds());
      return made;
    }
    OnlineMeeting living = making.revived(made.meeting());
    if (!living.equals(made.meeting())) {
      done(ask, action, living, admitted.grounds());
    }
    return new Made(living, false);
  }

  /** The journal hears first that it is tried, since the meeting has no id before it is there. */
  private Made make(
      MeetingAsk ask, Action action, Admitted admitted, Function<UUID, MeetingDraft> draft) {
    MeetingDraft wanted = draft.apply(ask.person());
    journal.record(entry(ask, action, ask.target(), admitted.grounds().word(), true));
    return making.make(ask.caller().tenant(), ask.person(), wanted);
  }

  private void done(MeetingAsk ask, Action action, OnlineMeeting meeting, Grounds grounds) {
    Entries.done(
        journal, entry(ask, action, meeting.meeting().id().encoded(), grounds.word(), true));
  }

  /**
   * A meeting.
   *
   * @throws Refused when a rule says no
   * @throws NoSuchMeeting when there is none
   */
  public OnlineMeeting get(MeetingAsk ask, MeetingId id) {
    Admitted admitted = admit(ask, Action.READ);
    return permitted(ask, Action.READ, admitted, existing(ask, Action.READ, admitted, id));
  }

  /** The meeting that a join link leads to, if there is one. */
  public Optional<OnlineMeeting> byLink(MeetingAsk ask, JoinLink link) {
    Admitted admitted = admit(ask, Action.READ);
    UUID tenant = ask.caller().tenant();
    Optional<OnlineMeeting> found =
        switch (link) {
          case JoinLink.Classic classic ->
              classic.tenant().orElse(tenant).equals(tenant)
                  ? meetings
                      .byThread(tenant, classic.threadId())
                      .filter(hit -> leadsTo(classic, hit.meeting()))
                  : Optional.empty();
          case JoinLink.Brief brief ->
              meetings
                  .byJoinMeetingId(tenant, brief.meetingId())
                  .filter(hit -> leadsTo(brief, hit.joining().orElseThrow()));
        };
    return found.map(hit -> permitted(ask, Action.READ, admitted, hit));
  }

  private static boolean leadsTo(JoinLink.Classic link, Meeting meeting) {
    return link.organizer().orElse(meeting.organizer()).equals(meeting.organizer());
  }

  private static boolean leadsTo(JoinLink.Brief link, Joining joining) {
    return link.passcode().isEmpty()
        || link.passcode().get().equals(joining.linkPasscode())
        || link.passcode().equals(joining.passcode());
  }

  /** The meeting that people join by that number, if there is one. */
  public Optional<OnlineMeeting> byJoinMeetingId(MeetingAsk ask, String digits) {
    Admitted admitted = admit(ask, Action.READ);
    return meetings
        .byJoinMeetingId(ask.caller().tenant(), digits)
        .map(hit -> permitted(ask, Action.READ, admitted, hit));
  }

  /**
   * The meeting with that video teleconference id, if there is one. Bound to no person: {@code
   * ask}'s path does not count.
   */
  public Optional<OnlineMeeting> byVideoTeleconferenceId(MeetingAsk ask, String digits) {
    Trail trail = new Trail();
    Grounds grounds =
        allowed(
            ask,
            Action.READ,
            MeetingAccess.admitTenantWide(ask.caller(), trail),
            trail,
            MeetingAccess::tenantWideChain);
    Optional<OnlineMeeting> found = meetings.byVideoTeleconferenceId(ask.caller().tenant(), digits);
    found.ifPresent(
        hit ->
            allowed(
                ask,
                Action.READ,
                MeetingAccess.permitTenantWide(grounds, hit.meeting(), now(), trail),
                trail,
                MeetingAccess::tenantWideChain));
    return found;
  }

  /**
   * Changes a meeting.
   *
   * @param change what becomes of the meeting as it stands; asked again when somebody else changed
   *     it meanwhile
   * @throws ChangedMeanwhile when that happened time and again
   */
  public OnlineMeeting change(
      MeetingAsk ask, MeetingId id, Function<OnlineMeeting, MeetingDraft> change) {
    Action action = Action.WRITE;
    Admitted admitted = admit(ask, action);
    for (int i = 0; i < TRIES; i++) {
      OnlineMeeting before = permitted(ask, action, admitted, existing(ask, action, admitted, id));
      OnlineMeeting after = making.changed(before, change.apply(before));
      if (i == 0) {
        // What is not on record does not happen; once is enough, however often it is tried.
        journal(ask, action, after, admitted.grounds());
      }
      if (meetings.replace(after)) {
        return after;
      }
    }
    throw new ChangedMeanwhile();
  }

  /** Deletes a meeting. Its recordings stay where they are and are reached no more. */
  public void delete(MeetingAsk ask, MeetingId id) {
    Action action = Action.WRITE;
    Admitted admitted = admit(ask, action);
    OnlineMeeting meeting = permitted(ask, action, admitted, existing(ask, action, admitted, id));
    journal(ask, action, meeting, admitted.grounds());
    meetings.delete(ask.caller().tenant(), meeting.meeting().key(), now());
  }

  /**
   * Meetings in the calendar of the person in the path.
   *
   * @param query completed with whose calendar it is
   */
  public List<OnlineMeeting> calendar(MeetingAsk ask, Function<UUID, CalendarQuery> query) {
    admit(ask, Action.READ_CALENDAR);
    return meetings.inCalendar(query.apply(ask.person()));
  }

  private OnlineMeeting existing(MeetingAsk ask, Action action, Admitted admitted, MeetingId id) {
    return meetings
        .byThread(ask.caller().tenant(), id.threadId())
        .filter(hit -> hit.meeting().organizer().equals(id.organizer()))
        .orElseThrow(() -> missing(ask, action, admitted.trail().onwards()));
  }

  private NoSuchMeeting missing(MeetingAsk ask, Action action, Trail trail) {
    boolean _ = trail.ask(Denial.Rule.FOUND, false, () -> "There is no such meeting");
    journal.refused(
        entry(ask, action, ask.target(), Gate.NOT_FOUND, false),
        trail.explained(Denial.notFound(), MeetingAccess.chain(ask.caller(), action)));
    return new NoSuchMeeting();
  }

  private record Admitted(Grounds grounds, Trail trail) {}

  private Admitted admit(MeetingAsk ask, Action action) {
    Rules rules = ruleBook.of(ask.caller().tenant());
    Trail trail = new Trail();
    Decision decision = MeetingAccess.admit(ask.caller(), action, ask.path(), rules, trail);
    // What comes after depends on the meeting alone, and not on rules.
    ruleBook
        .secondOpinion()
        .ask(
            ask.caller(),
            ask.path() instanceof PathUser.Person(UUID person)
                ? Optional.of(person)
                : Optional.empty(),
            word(action),
            decision,
            other -> MeetingAccess.admit(ask.caller(), action, ask.path(), other, new Trail()));
    return new Admitted(
        allowed(ask, action, decision, trail, () -> MeetingAccess.chain(ask.caller(), action)),
        trail);
  }

  private OnlineMeeting permitted(
      MeetingAsk ask, Action action, Admitted admitted, OnlineMeeting found) {
    Trail trail = admitted.trail().onwards();
    boolean _ = trail.ask(Denial.Rule.FOUND, true, () -> "The meeting is there");
    allowed(
        ask,
        action,
        MeetingAccess.permit(
            action, admitted.grounds(), found.meeting(), found.role(ask.person()), now(), trail),
        trail,
        () -> MeetingAccess.chain(ask.caller(), action));
    return found;
  }

  private Grounds allowed(
      MeetingAsk ask,
      Action action,
      Decision decision,
      Trail trail,
      Supplier<List<Denial.Rule>> chain) {
    return switch (decision) {
      case Decision.Allow allow -> allow.grounds();
      case Decision.Deny deny -> {
        journal.refused(
            entry(ask, action, ask.target(), deny.denial().rule().word(), false),
            trail.explained(deny, chain.get()));
        throw new Refused(deny.denial());
      }
    };
  }

  private void journal(MeetingAsk ask, Action action, OnlineMeeting meeting, Grounds grounds) {
    journal.record(entry(ask, action, meeting.meeting().id().encoded(), grounds.word(), true));
  }

  private Journal.Entry entry(
      MeetingAsk ask, Action action, String target, String rule, boolean allowed) {
    return entries.of(
        ask.requestId(), ask.caller(), word(action), target, rule, allowed, Delivery.NONE);
  }

  private static String word(Action action) {
    return "meeting-" + action.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
