package dev.aftercall.notification;

import dev.aftercall.access.Permissions;
import dev.aftercall.access.SubscriptionAccess.Scope;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What a subscription is about.
 *
 * @param calls whether of ad hoc calls, else of online meetings
 */
public record Topic(Artifact.Kind kind, boolean calls, Scope scope) {
  /** What must be granted. */
  public Permissions permissions() {
    return switch (kind) {
      case RECORDING -> calls ? Permissions.CALL_RECORDINGS : Permissions.RECORDINGS;
      case TRANSCRIPT -> calls ? Permissions.CALL_TRANSCRIPTS : Permissions.TRANSCRIPTS;
    };
  }

  /** One word for it, by which subscribers are found: {@code recording/meeting/19:…}. */
  public String key() {
    return start(kind, calls)
        + switch (scope) {
          case Scope.Everything everything -> EVERYTHING;
          case Scope.Installed installed -> INSTALLED;
          case Scope.OfPerson(UUID oid) -> PERSON + oid;
          case Scope.OfMeeting(MeetingId id, boolean byConsent) -> MEETING + id.threadId();
          case Scope.OfCall(UUID id) -> CALL + id;
        };
  }

  /**
   * The keys of all topics that such an artifact belongs to. What channel meetings leave is told to
   * those alone who subscribed to the meeting, as the lists over many meetings leave it out.
   */
  public static List<String> keys(Artifact.Kind kind, Meeting meeting) {
    boolean calls = meeting.type() == MeetingType.ADHOC;
    String start = start(kind, calls);
    List<String> keys = new ArrayList<>();
    if (calls) {
      // An ad hoc call is a meeting whose key is the id of the call.
      keys.add(start + CALL + meeting.key());
    } else {
      keys.add(start + MEETING + meeting.threadId());
    }
    if (!meeting.channel()) {
      keys.add(start + EVERYTHING);
      keys.add(start + PERSON + meeting.organizer());
      if (!calls) {
        keys.add(start + INSTALLED);
      }
    }
    return keys;
  }

  private static final String EVERYTHING = "tenant";
  private static final String INSTALLED = "installed";
  private static final String PERSON = "person/";
  private static final String MEETING = "meeting/";
  private static final String CALL = "call/";

  private static String start(Artifact.Kind kind, boolean calls) {
    return (calls ? "call-" : "") + kind.name().toLowerCase(Locale.ROOT) + "/";
  }
}
