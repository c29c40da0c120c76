package dev.aftercall.intake;

import dev.aftercall.intake.Upload.State;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps hand-overs and what becomes of them. Every method is one durable transaction, or a part of
 * that of {@link #together}.
 */
public interface IntakeStore {
  /**
   * Makes one transaction of several steps with this store and others in the same database: all or
   * nothing, durable when this returns. What a step throws undoes all of them. Others may wait for
   * the database meanwhile, so nothing in it may wait for a disk, a network or a lock.
   */
  <T> T together(Steps<T> steps) throws IntakeException, IOException;

  /** Steps that belong together. */
  @FunctionalInterface
  interface Steps<T> {
    /** Takes them. */
    T take() throws IntakeException, IOException;
  }

  /**
   * Keeps a new upload, unless the submitter has one under the same idempotency key.
   *
   * @return the one that stands, new or old
   */
  Upload open(Upload upload);

  /** Finds the upload that a submitter has under an idempotency key. */
  Optional<Upload> byKey(Submitter submitter, String idempotencyKey);

  /** Gives an upload another secret; the one before is void. */
  void renewSecret(String uploadId, String secretSha256);

  /** Finds an upload. */
  Optional<Upload> find(String uploadId);

  /**
   * Moves an upload on. One that is cancelled gives its idempotency key free.
   *
   * @param facts replaces {@link Upload#receipt()} when present
   * @return false, and nothing changed, when it is not in state {@code from}
   */
  boolean move(
      String uploadId, State from, State to, Optional<String> reason, Optional<String> facts);

  /**
   * Writes down whose a waiting upload is, and moves it on to KEEPING.
   *
   * @param request the hand-over as JSON, which says it now
   * @return false, and nothing changed, when the upload does not wait
   */
  boolean assign(String uploadId, String request);

  /**
   * The same for a copy, which gets the key of what it is a copy of.
   *
   * @return false, and nothing changed, when the upload does not wait or the key is taken
   */
  boolean assignAs(String uploadId, String request, UUID artifact);

  /** What has this key by now, in whichever tenant: kept, or just being kept. */
  Optional<Standing> standing(UUID artifact);

  /**
   * Something that has a key.
   *
   * @param sha256 of the bytes as they came, as far as it is known, else as they are kept; empty
   *     while they are being kept
   */
  record Standing(UUID tenant, Optional<String> sha256) {}

  /** Whose the meeting or call with this key is. */
  Optional<UUID> tenantOf(UUID meetingKey);

  /** Whether a meeting has recordings. */
  boolean recorded(UUID meetingKey);

  /** Finds a meeting of the tenant by its thread, unless it was deleted. */
  Optional<Meeting> meeting(UUID tenant, String threadId);

  /**
   * Finds a meeting of the tenant by the number people type to join, deleted or not.
   *
   * @param passcode of a short link or of the meeting, which must be right where it is given
   */
  Optional<Meeting> meetingByNumber(UUID tenant, String joinMeetingId, Optional<String> passcode);

  /** Finds a recording of the tenant with its meeting. */
  Optional<Recorded> recording(UUID tenant, UUID artifact);

  /** A recording that is here. */
  record Recorded(Meeting meeting, Artifact recording) {}

  /**
   * The same, deleted or not: a recording whose meeting was deleted while its bytes came is kept
   * beneath that meeting as those before it are.
   */
  Optional<Meeting> meetingEvenDeleted(UUID tenant, String threadId);

  /**
   * Makes recording and transcript visible and the upload READY: all or nothing.
   *
   * @return false, and nothing changed, when the upload is not in state KEEPING
   */
  boolean commit(String uploadId, Commit commit);

  /** Uploads in a state whose life ends before that tick, oldest first, at most 1,000. */
  List<Upload> inState(State state, long expiresBefore);

  /**
   * What becomes visible.
   *
   * @param newMeeting whether the meeting is to be written too, unless it is there by now
   * @param roster people and their roles; those already there keep theirs
   * @param artifacts the recording with its transcript, or one of the two
   * @param receipt as JSON
   * @param remembered what is kept of the request, as JSON
   * @param tags of the artifacts
   * @param copied whether it is a copy; its meeting, as long as it has no recording, takes the
   *     iCalUId it is given here
   */
  record Commit(
      Meeting meeting,
      boolean newMeeting,
      Map<UUID, Role> roster,
      List<Artifact> artifacts,
      String receipt,
      String remembered,
      Set<String> tags,
      boolean copied) {
    /** Copies what it holds. */
    public Commit {
      tags = Set.copyOf(tags);
    }

    /** Something that was not elsewhere before. */
    public Commit(
        Meeting meeting,
        boolean newMeeting,
        Map<UUID, Role> roster,
        List<Artifact> artifacts,
        String receipt,
        String remembered,
        Set<String> tags) {
      this(meeting, newMeeting, roster, artifacts, receipt, remembered, tags, false);
    }

    /** What was handed over; what may stand behind it came with it. */
    public Artifact main() {
      return artifacts.getFirst();
    }
  }
}
