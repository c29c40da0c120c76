package dev.aftercall.meeting;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a client wants a meeting to be.
 *
 * @param start ticks
 * @param end ticks, not before the start
 * @param invited the people beside the organizer
 * @param passcodeRequired whether joining by number takes a passcode
 * @param document all other members, as a JSON object
 */
public record MeetingDraft(
    String subject,
    long start,
    long end,
    Map<UUID, Role> invited,
    Optional<String> externalId,
    boolean passcodeRequired,
    boolean calendarBacked,
    String document) {
  /** Copies the people. */
  public MeetingDraft {
    invited = Map.copyOf(invited);
  }

  /** The same with those people invited. */
  public MeetingDraft inviting(Map<UUID, Role> people) {
    return new MeetingDraft(
        subject, start, end, people, externalId, passcodeRequired, calendarBacked, document);
  }

  /** The same with an event in the organizer's calendar. */
  public MeetingDraft inCalendar() {
    return new MeetingDraft(
        subject, start, end, invited, externalId, passcodeRequired, true, document);
  }
}
