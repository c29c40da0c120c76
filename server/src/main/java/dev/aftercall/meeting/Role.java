package dev.aftercall.meeting;

/** What a person is to a meeting. */
public enum Role {
  /** Whose meeting it is; never changes. */
  ORGANIZER,
  /** Runs it beside the organizer. */
  COORGANIZER,
  /** Invited, may present. */
  PRESENTER,
  /** Invited to a live event's crew. */
  PRODUCER,
  /** Invited. */
  ATTENDEE
}
