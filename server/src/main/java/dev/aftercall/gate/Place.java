package dev.aftercall.gate;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.NewMeeting;
import java.util.UUID;

/** Where a path says that the recording or transcript is. */
public sealed interface Place {
  /** {@code …/onlineMeetings/{id}}; ad hoc calls are none. */
  record OfMeeting(MeetingId id) implements Place {
    @Override
    public String threadId() {
      return id.threadId();
    }

    @Override
    public boolean is(Meeting meeting) {
      return meeting.type() != MeetingType.ADHOC && meeting.organizer().equals(id.organizer());
    }
  }

  /** {@code …/adhocCalls/{id}} */
  record OfCall(UUID id) implements Place {
    @Override
    public String threadId() {
      return NewMeeting.callThreadId(id);
    }

    @Override
    public boolean is(Meeting meeting) {
      return meeting.type() == MeetingType.ADHOC && meeting.key().equals(id);
    }
  }

  /** The chat thread to look for. */
  String threadId();

  /** Whether what was found under that thread is what the path names. */
  boolean is(Meeting meeting);
}
