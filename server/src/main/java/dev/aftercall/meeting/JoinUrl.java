package dev.aftercall.meeting;

import java.util.UUID;

/** The classic join URL; clients take thread, tenant and organizer from it. */
public final class JoinUrl {
  private JoinUrl() {}

  /** The URL, encoded as Teams does: with lower-case percent escapes. */
  public static String of(UUID tenant, MeetingId meeting) {
    return "https://teams.microsoft.com/l/meetup-join/"
        + meeting.threadId().replace(":", "%3a").replace("@", "%40")
        + "/0?context=%7b%22Tid%22%3a%22"
        + tenant
        + "%22%2c%22Oid%22%3a%22"
        + meeting.organizer()
        + "%22%7d";
  }
}
