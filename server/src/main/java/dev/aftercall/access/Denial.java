package dev.aftercall.access;

/**
 * A refusal that explains itself.
 *
 * @param rule the rule that failed
 * @param refusal how the wire says it
 * @param message Graph's own words
 * @param remedy what would satisfy the rule
 */
public record Denial(Rule rule, Refusal refusal, String message, String remedy) {
  /** What is not there, or not for this caller to know of. */
  public static Denial notFound() {
    return new Denial(
        Rule.FOUND,
        Refusal.NOT_FOUND,
        "The requested resource does not exist.",
        "It was deleted, or the id in the path is of another meeting.");
  }

  /** How the wire says no. */
  public enum Refusal {
    /** 400 */
    BAD_REQUEST,
    /** 403 */
    FORBIDDEN,
    /** 403 with the code that content answers with */
    ACCESS_DENIED,
    /** 404, as if it were not there */
    NOT_FOUND
  }

  /** The rules, in the order in which they are asked. */
  public enum Rule {
    /** {@code /me} is for people. */
    ME_NEEDS_USER("MeNeedsUser", "Is /me called for a person, and no application?"),
    /** A delegated permission in the token. */
    SCOPE("ScopeMissing", "Does the token have the delegated permission?"),
    /** An application permission in the token, or consent in the chat. */
    ROLE("RoleMissing", "Does the token have the application permission, or the chat a consent?"),
    /** People act on their own path. */
    OWN_PATH("PathUserIsNotCaller", "Does the person call their own path?"),
    /** People list everything of their own meetings alone. */
    OWN_MEETINGS("OrganizerIsNotCaller", "Does the person ask for what they organized themselves?"),
    /** An application access policy for the person in the path. */
    POLICY(
        "ApplicationAccessPolicyMissing",
        "Does the application access policy that counts for the person name the application?"),
    /** Consent counts in private scheduled meetings only. */
    CONSENT_MEETING("ConsentNotForThisMeeting", "Does consent count in this kind of meeting?"),
    /** The tenant gives transcripts out through Graph. */
    TRANSCRIPT_ACCESS("GraphAccessToTranscriptsDisabled", "Does the tenant give transcripts out?"),
    /** The tenant gives out who said what. */
    SPEAKERS("SpeakerAttributionNotAllowed", "Does the tenant let transcripts say who spoke?"),
    /** It is there at all. */
    FOUND("NotFound", "Is it there, where the path says?"),
    /** The person is on the meeting's roster. */
    ROSTER("NotOnRoster", "Is the person on the meeting's roster?"),
    /** The meeting has not expired. */
    EXPIRY("MeetingExpired", "Has the meeting not expired?"),
    /** The meeting has an event in a calendar, where the operator asks for one. */
    CALENDAR_EVENT(
        "NotCalendarBacked",
        "Has the meeting an event in a calendar, if the operator asks for one?"),
    /** A meeting is its organizer's to change. */
    CHANGE("NotTheOrganizer", "Is the person the organizer, whose meeting it is to change?"),
    /** Content is for the organizer, and for those the tenant lets download. */
    DOWNLOAD("OrganizerOnly", "Is the person the organizer, or does the tenant let them download?"),
    /** A person who administers needs a directory role beside the scope. */
    DIRECTORY_ROLE(
        "DirectoryRoleMissing", "Has the person the directory role of an administrator?"),
    /** A compliance reader changes nothing. */
    READER("ComplianceReaderChangesNothing", "Does somebody who may only look change nothing?"),
    /** What was deleted and is held is read by compliance readers alone. */
    HELD_READER("ComplianceReaderNeeded", "Does a compliance reader read what was deleted?");

    private final String word;
    private final String question;

    Rule(String word, String question) {
      this.word = word;
      this.question = question;
    }

    /** What it asks, for people. */
    public String question() {
      return question;
    }

    /** As {@code innerError.code} says it. */
    public String word() {
      return word;
    }
  }
}
