package dev.aftercall.gate;

import dev.aftercall.access.Decision;
import dev.aftercall.access.Denial;
import dev.aftercall.access.OrganizerAccess;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Rules;
import dev.aftercall.access.Trail;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Inventory;
import dev.aftercall.recording.Shelf;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The door to lists, beside {@link Gate} and with the same rules: decide, find, decide. Who may
 * read a meeting's recordings may list them. What an organizer's meetings left behind is listed
 * whether the meetings have expired or not, as Graph's getAllRecordings was seen to do.
 */
public final class ListGate {
  private final RuleBook ruleBook;
  private final Inventory inventory;
  private final Journal journal;
  private final InstantSource clock;
  private final Entries entries;

  /** Builds the door from what it guards. */
  public ListGate(RuleBook ruleBook, Inventory inventory, Journal journal, InstantSource clock) {
    this.ruleBook = ruleBook;
    this.inventory = inventory;
    this.journal = journal;
    this.clock = clock;
    this.entries = new Entries(clock);
  }

  /**
   * Opens a list.
   *
   * @throws Refused when a rule says no
   * @throws NoSuchRecording when there is no such meeting
   */
  public OpenedList open(ListAsk ask) {
    Rules rules = ruleBook.of(ask.caller().tenant());
    Shelf shelf =
        switch (ask) {
          case ListAsk.OfMeeting meeting -> meeting(meeting, rules);
          case ListAsk.OfOrganizer organizer -> organizer(organizer, rules);
        };
    return new OpenedList(inventory, shelf, ask.kind());
  }

  private Shelf meeting(ListAsk.OfMeeting ask, Rules rules) {
    String thread = ask.meeting().threadId();
    Trail trail = new Trail();
    Supplier<List<Denial.Rule>> chain =
        () -> RecordingAccess.chain(ask.caller(), ask.permissions(), Action.METADATA);
    Decision admitted = admit(ask, rules, trail);
    if (admitted instanceof Decision.Deny) {
      askAgain(ask, ask.path(), admitted, other -> admit(ask, other, new Trail()));
    }
    Decision.Grounds grounds = allowed(ask, admitted, trail, chain);
    Inventory.Place place =
        inventory
            .meeting(ask.caller().tenant(), thread, ask.person())
            .filter(hit -> hit.meeting().organizer().equals(ask.meeting().organizer()))
            .filter(hit -> hit.meeting().type() != MeetingType.ADHOC)
            .orElseThrow(
                () -> {
                  boolean _ = trail.ask(Denial.Rule.FOUND, false, () -> "There is no such meeting");
                  journal.refused(
                      entry(ask, Gate.NOT_FOUND, false),
                      trail.explained(Denial.notFound(), chain.get()));
                  return new NoSuchRecording();
                });
    boolean _ = trail.ask(Denial.Rule.FOUND, true, () -> "The meeting is there");
    long now = Ticks.of(clock.instant());
    Decision permitted = permit(ask, grounds, place, rules, now, trail);
    askAgain(
        ask,
        ask.path(),
        permitted,
        other ->
            switch (admit(ask, other, new Trail())) {
              case Decision.Deny deny -> deny;
              case Decision.Allow(Decision.Grounds others) ->
                  permit(ask, others, place, other, now, new Trail());
            });
    allowed(ask, permitted, trail, chain);
    journal(ask, grounds.word(), true);
    return new Shelf.OfMeeting(place.meeting());
  }

  private Shelf organizer(ListAsk.OfOrganizer ask, Rules rules) {
    Trail trail = new Trail();
    Decision admitted = admit(ask, rules, trail);
    askAgain(
        ask,
        new PathUser.Person(ask.organizer()),
        admitted,
        other -> admit(ask, other, new Trail()));
    Supplier<List<Denial.Rule>> chain =
        () -> OrganizerAccess.chain(ask.caller(), ask.permissions(), ask.path());
    journal(ask, allowed(ask, admitted, trail, chain).word(), true);
    UUID tenant = ask.caller().tenant();
    return ask.calls()
        ? new Shelf.OfCaller(tenant, ask.organizer())
        : new Shelf.OfOrganizer(tenant, ask.organizer(), rules.calendarEventRequired());
  }

  private static Decision admit(ListAsk.OfMeeting ask, Rules rules, Trail trail) {
    return RecordingAccess.admit(
        ask.caller(),
        ask.permissions(),
        Action.METADATA,
        ask.path(),
        ask.meeting().threadId(),
        rules,
        trail);
  }

  private static Decision permit(
      ListAsk.OfMeeting ask,
      Decision.Grounds grounds,
      Inventory.Place place,
      Rules rules,
      long now,
      Trail trail) {
    return RecordingAccess.permit(
        ask.caller(),
        ask.permissions(),
        Action.METADATA,
        grounds,
        place.meeting(),
        place.role(),
        rules,
        now,
        trail);
  }

  private static Decision admit(ListAsk.OfOrganizer ask, Rules rules, Trail trail) {
    return OrganizerAccess.admit(
        ask.caller(), ask.permissions(), ask.path(), ask.organizer(), rules, trail);
  }

  private void askAgain(
      ListAsk ask, PathUser path, Decision decided, Function<Rules, Decision> again) {
    Caller caller = ask.caller();
    ruleBook.secondOpinion().ask(caller, path.someone(caller), "list", decided, again);
  }

  private Decision.Grounds allowed(
      ListAsk ask, Decision decision, Trail trail, Supplier<List<Denial.Rule>> chain) {
    return switch (decision) {
      case Decision.Allow allow -> allow.grounds();
      case Decision.Deny deny -> {
        journal.refused(
            entry(ask, deny.denial().rule().word(), false), trail.explained(deny, chain.get()));
        throw new Refused(deny.denial());
      }
    };
  }

  private void journal(ListAsk ask, String rule, boolean allowed) {
    journal.record(entry(ask, rule, allowed));
  }

  private Journal.Entry entry(ListAsk ask, String rule, boolean allowed) {
    return entries.of(
        ask.requestId(), ask.caller(), "list", ask.target(), rule, allowed, Delivery.NONE);
  }
}
