package dev.aftercall.jdbc;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;

/** The words in which rows say where an artifact came from, so that lists need no other table. */
final class HeldIn {
  /** A meeting that getAllRecordings shows. */
  static final String MEETING = "meeting";

  /** A channel meeting; shown by the meeting's own list alone. */
  static final String CHANNEL = "channel";

  /** An ad hoc call. */
  static final String CALL = "call";

  /** A meeting that was deleted; what it held is kept and shown in no list. */
  static final String DELETED = "deleted";

  /** The trash; in no list, and found by administrators alone. */
  static final String TRASH = "trash";

  private HeldIn() {}

  static String of(Meeting meeting) {
    if (meeting.type() == MeetingType.ADHOC) {
      return CALL;
    }
    return meeting.channel() ? CHANNEL : MEETING;
  }
}
