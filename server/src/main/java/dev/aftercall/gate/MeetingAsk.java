package dev.aftercall.gate;

import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import java.util.UUID;

/**
 * One caller asks for meetings of one person.
 *
 * @param requestId for the journal
 * @param target what is asked for in the words of the request, for the journal
 */
public record MeetingAsk(String requestId, Caller caller, PathUser path, String target) {
  /** The person whose meetings they are; only to be asked once the path is admitted. */
  public UUID person() {
    return path.person(caller);
  }
}
