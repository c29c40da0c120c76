package dev.aftercall.meeting;

/** The classic join URL, encoded as Teams does: lower-case percent escapes. */
final class JoinUrl {
  private JoinUrl() {}

  static String of(Meeting meeting) {
    return "https://teams.microsoft.com/l/meetup-join/"
        + meeting.threadId().replace(":", "%3a").replace("@", "%40")
        + "/0?context=%7b%22Tid%22%3a%22"
        + meeting.tenant()
        + "%22%2c%22Oid%22%3a%22"
        + meeting.organizer()
        + "%22%7d";
  }
}
