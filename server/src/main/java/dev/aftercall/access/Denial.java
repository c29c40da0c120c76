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
    ME_NEEDS_USER("MeNeedsUser"),
    /** A delegated permission in the token. */
    SCOPE("ScopeMissing"),
    /** An application permission in the token, or consent in the chat. */
    ROLE("RoleMissing"),
    /** People act on their own path. */
    OWN_PATH("PathUserIsNotCaller"),
    /** People list everything of their own meetings alone. */
    OWN_MEETINGS("OrganizerIsNotCaller"),
    /** An application access policy for the person in the path. */
    POLICY("ApplicationAccessPolicyMissing"),
    /** Consent counts in private scheduled meetings only. */
    CONSENT_MEETING("ConsentNotForThisMeeting"),
    /** The tenant gives transcripts out through Graph. */
    TRANSCRIPT_ACCESS("GraphAccessToTranscriptsDisabled"),
    /** The tenant gives out who said what. */
    SPEAKERS("SpeakerAttributionNotAllowed"),
    /** The person is on the meeting's roster. */
    ROSTER("NotOnRoster"),
    /** The meeting has not expired. */
    EXPIRY("MeetingExpired"),
    /** The meeting has an event in a calendar, where the operator asks for one. */
    CALENDAR_EVENT("NotCalendarBacked"),
    /** A meeting is its organizer's to change. */
    CHANGE("NotTheOrganizer"),
    /** Content is for the organizer, and for those the tenant lets download. */
    DOWNLOAD("OrganizerOnly"),
    /** A person who administers needs a directory role beside the scope. */
    DIRECTORY_ROLE("DirectoryRoleMissing"),
    /** A compliance reader changes nothing. */
    READER("ComplianceReaderChangesNothing");

    private final String word;

    Rule(String word) {
      this.word = word;
    }

    /** As {@code innerError.code} says it. */
    public String word() {
      return word;
    }
  }
}
