package dev.aftercall.recording;

import dev.aftercall.meeting.Meeting;
import java.util.UUID;

/**
 * A collection of artifacts that can be listed. What all its items share is known before any is
 * read.
 */
public sealed interface Shelf {
  /** The tenant all of them lie in. */
  UUID tenant();

  /** Whose meetings or calls they are of. */
  UUID organizer();

  /** What one meeting left behind. */
  record OfMeeting(Meeting meeting) implements Shelf {
    @Override
    public UUID tenant() {
      return meeting.tenant();
    }

    @Override
    public UUID organizer() {
      return meeting.organizer();
    }
  }

  /**
   * What the meetings of one organizer left behind; without channel meetings, as Graph's
   * getAllRecordings leaves them out.
   *
   * @param inCalendar whether only of those with a calendar event, as Graph has it
   */
  record OfOrganizer(UUID tenant, UUID organizer, boolean inCalendar) implements Shelf {
    /** Of all meetings, in a calendar or not. */
    public OfOrganizer(UUID tenant, UUID organizer) {
      this(tenant, organizer, false);
    }
  }

  /** What the ad hoc calls of one person left behind. */
  record OfCaller(UUID tenant, UUID organizer) implements Shelf {}

  /** Tells this collection from every other; part of what page tokens are signed for. */
  default String name() {
    return switch (this) {
      case OfMeeting(Meeting meeting) -> tenant() + "/meeting/" + meeting.key();
      case OfOrganizer organizer -> tenant() + "/organizer/" + organizer();
      case OfCaller caller -> tenant() + "/caller/" + organizer();
    };
  }
}
