package dev.aftercall.meeting;

import java.util.UUID;

/**
 * A meeting as the access rules and the recordings need it.
 *
 * @param key our own key, a GUID
 * @param threadId the chat thread, {@code 19:meeting_…@thread.v2}
 * @param calendarId the iCalUId that recording ids carry
 * @param channel whether it was held in a channel instead of a private chat
 * @param calendarBacked whether it has an event in the organizer's calendar
 * @param start ticks
 * @param end ticks
 * @param expiry ticks; from then on Graph no longer answers for it
 */
public record Meeting(
    UUID key,
    UUID tenant,
    UUID organizer,
    String threadId,
    String calendarId,
    String subject,
    MeetingType type,
    boolean channel,
    boolean calendarBacked,
    long start,
    long end,
    long expiry) {

  /** The id clients use. */
  public MeetingId id() {
    return new MeetingId(organizer, threadId);
  }
}
