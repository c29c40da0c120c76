package dev.aftercall.gate;

import dev.aftercall.access.Permissions;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.recording.Artifact;
import java.util.Optional;
import java.util.UUID;

/** One caller asks for a list of recordings or transcripts. */
public sealed interface ListAsk {
  /** For the journal. */
  String requestId();

  /** Who asks. */
  Caller caller();

  /** Which of them. */
  Artifact.Kind kind();

  /** What must be granted. */
  Permissions permissions();

  /** What is asked for, in the journal's words. */
  String target();

  /**
   * Those of one meeting.
   *
   * @param meeting as decoded from the path
   */
  record OfMeeting(
      String requestId, Caller caller, PathUser path, Artifact.Kind kind, MeetingId meeting)
      implements ListAsk {
    @Override
    public Permissions permissions() {
      return Ask.permissions(kind, false);
    }

    @Override
    public String target() {
      return meeting.threadId();
    }

    /** The person whose place on the roster counts. */
    UUID person() {
      return path.person(caller);
    }
  }

  /**
   * All of one person.
   *
   * @param path whose path was called; empty for {@code /communications}
   * @param organizer whose meetings or calls
   * @param calls whether ad hoc calls are wanted and not meetings
   */
  record OfOrganizer(
      String requestId,
      Caller caller,
      Optional<PathUser> path,
      Artifact.Kind kind,
      UUID organizer,
      boolean calls)
      implements ListAsk {
    @Override
    public Permissions permissions() {
      return Ask.permissions(kind, calls);
    }

    @Override
    public String target() {
      return organizer.toString();
    }
  }
}
