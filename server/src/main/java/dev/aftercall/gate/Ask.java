package dev.aftercall.gate;

import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.MeetingId;
import java.util.UUID;

/**
 * One caller asks for one recording.
 *
 * @param requestId for the journal
 * @param meeting as decoded from the path
 * @param recordingId as the path spells it, for the journal
 * @param artifact as decoded from the recording's id
 */
public record Ask(
    String requestId,
    Caller caller,
    PathUser path,
    MeetingId meeting,
    String recordingId,
    UUID artifact) {

  /** The person whose place on the roster counts. */
  UUID person() {
    return switch (path) {
      case PathUser.Person person -> person.oid();
      case PathUser.Me me -> ((Caller.User) caller).oid();
    };
  }
}
