package dev.aftercall.jdbc;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;

/**
 * What rows keep so that lists need nothing but SQL: the ids clients know, which are base64 and so
 * beyond SQL, and where the artifact came from.
 */
final class WireIds {
  /** A meeting that getAllRecordings shows. */
  static final String MEETING = "meeting";

  /** A channel meeting; shown by the meeting's own list alone. */
  static final String CHANNEL = "channel";

  /** An ad hoc call. */
  static final String CALL = "call";

  /** A meeting that was deleted; what it held is kept and shown in no list. */
  static final String DELETED = "deleted";

  private WireIds() {}

  static String heldIn(Meeting meeting) {
    if (meeting.type() == MeetingType.ADHOC) {
      return CALL;
    }
    return meeting.channel() ? CHANNEL : MEETING;
  }
}
