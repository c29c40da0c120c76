package dev.aftercall.meeting;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps online meetings. Every look-up is confined to one tenant, and none finds a meeting that was
 * deleted. Every change is one durable transaction.
 */
public interface Meetings {
  /** Finds a meeting by its thread. */
  Optional<OnlineMeeting> byThread(UUID tenant, String threadId);

  /** Finds a meeting by the number people type to join. */
  Optional<OnlineMeeting> byJoinMeetingId(UUID tenant, String digits);

  /** Finds a meeting by its video teleconference id. */
  Optional<OnlineMeeting> byVideoTeleconferenceId(UUID tenant, String digits);

  /**
   * Keeps a new meeting, unless its organizer has one under the same external id. Of many at once
   * under one external id, one is kept and all are given that one.
   */
  Outcome create(OnlineMeeting meeting);

  /**
   * Puts a changed meeting in place of the one with the version before.
   *
   * @return false, and nothing changed, when somebody else changed or deleted it meanwhile
   */
  boolean replace(OnlineMeeting changed);

  /**
   * Marks a meeting deleted. Its recordings stay, and are found no more.
   *
   * @param at ticks
   */
  void delete(UUID tenant, UUID key, long at);

  /** Meetings of a person that stand in a calendar, by start, then by key. */
  List<OnlineMeeting> inCalendar(CalendarQuery query);

  /** What became of a new meeting. */
  sealed interface Outcome {
    /** It is kept. */
    record Created() implements Outcome {}

    /** There was one under the external id. */
    record Existing(OnlineMeeting meeting) implements Outcome {}

    /** Its numbers are another meeting's; draw others. */
    record Clash() implements Outcome {}
  }
}
