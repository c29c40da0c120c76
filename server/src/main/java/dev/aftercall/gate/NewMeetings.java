package dev.aftercall.gate;

import dev.aftercall.gate.MeetingGate.Made;
import dev.aftercall.meeting.Expiry;
import dev.aftercall.meeting.Joining;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingDraft;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Meetings;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Turns drafts into meetings, with all the ids that Teams gives a meeting. */
final class NewMeetings {
  /** So many draws in a row that are all taken do not happen. */
  private static final int TRIES = 8;

  private final Meetings meetings;
  private final Ids ids;
  private final InstantSource clock;

  NewMeetings(Meetings meetings, Ids ids, InstantSource clock) {
    this.meetings = meetings;
    this.ids = ids;
    this.clock = clock;
  }

  Made make(UUID tenant, UUID organizer, MeetingDraft draft) {
    for (int i = 0; i < TRIES; i++) {
      OnlineMeeting meeting = drawn(tenant, organizer, draft);
      switch (meetings.create(meeting)) {
        case Meetings.Outcome.Created created -> {
          return new Made(meeting, true);
        }
        case Meetings.Outcome.Existing existing -> {
          return new Made(existing.meeting(), false);
        }
        case Meetings.Outcome.Clash clash -> {}
      }
    }
    throw new IllegalStateException("No free numbers for a meeting were found.");
  }

  private OnlineMeeting drawn(UUID tenant, UUID organizer, MeetingDraft draft) {
    MeetingType type = MeetingType.SCHEDULED;
    Meeting meeting =
        new Meeting(
            ids.guid(),
            tenant,
            organizer,
            NewMeeting.threadId(ids.guid()),
            NewMeeting.calendarId(ids.guid(), draft.start()),
            draft.subject(),
            type,
            false,
            draft.calendarBacked(),
            draft.start(),
            draft.end(),
            Expiry.of(type, draft.start(), draft.end()));
    return new OnlineMeeting(
        meeting,
        Optional.of(Joining.draw(ids, draft.passcodeRequired())),
        draft.externalId(),
        roster(organizer, draft),
        draft.document(),
        Ticks.of(clock.instant()),
        1);
  }

  /** One that has expired is started anew by whoever gets it again; the others stay as they are. */
  OnlineMeeting revived(OnlineMeeting known) {
    Meeting meeting = known.meeting();
    long now = Ticks.of(clock.instant());
    if (now < meeting.expiry()) {
      return known;
    }
    OnlineMeeting revived =
        with(
            known,
            meeting.subject(),
            meeting.start(),
            meeting.end(),
            known.roster(),
            known.document());
    // Whoever was faster has revived it too.
    meetings.replace(revived);
    return revived;
  }

  OnlineMeeting changed(OnlineMeeting before, MeetingDraft draft) {
    return with(
        before,
        draft.subject(),
        draft.start(),
        draft.end(),
        roster(before.meeting().organizer(), draft),
        draft.document());
  }

  private OnlineMeeting with(
      OnlineMeeting before,
      String subject,
      long start,
      long end,
      Map<UUID, Role> roster,
      String document) {
    Meeting meeting = before.meeting();
    long now = Ticks.of(clock.instant());
    return new OnlineMeeting(
        new Meeting(
            meeting.key(),
            meeting.tenant(),
            meeting.organizer(),
            meeting.threadId(),
            meeting.calendarId(),
            subject,
            meeting.type(),
            meeting.channel(),
            meeting.calendarBacked(),
            start,
            end,
            Expiry.touched(meeting.type(), start, end, now)),
        Optional.of(before.joining().orElseGet(() -> Joining.draw(ids, false))),
        before.externalId(),
        roster,
        document,
        before.created(),
        before.version() + 1);
  }

  private static Map<UUID, Role> roster(UUID organizer, MeetingDraft draft) {
    Map<UUID, Role> roster = new HashMap<>(draft.invited());
    roster.put(organizer, Role.ORGANIZER);
    return roster;
  }
}
