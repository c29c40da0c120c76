package dev.aftercall.jdbc;

import dev.aftercall.intake.IntakeStore.Commit;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import org.jdbi.v3.core.Handle;

/** The rows of recordings and transcripts, as they are written. */
final class ArtifactRows {
  private ArtifactRows() {}

  static void insert(Handle handle, Meeting meeting, Artifact artifact) {
    switch (artifact.kind()) {
      case RECORDING -> insertRecording(handle, meeting, artifact);
      case TRANSCRIPT -> insertTranscript(handle, meeting, artifact);
    }
  }

  private static void insertRecording(Handle handle, Meeting meeting, Artifact recording) {
    handle.execute(
        """
        insert into recording (artifact_id, tenant_id, meeting_key, call_id,
            content_correlation_id, created_ticks, ended_ticks, media_type, size_bytes, sha256,
            file_name, duration_millis, kept_ticks, organizer_id, graph_id, held_in)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        recording.artifact().toString(),
        recording.tenant().toString(),
        recording.meetingKey().toString(),
        recording.callId().toString(),
        recording.contentCorrelationId(),
        recording.created(),
        recording.ended(),
        recording.media().mediaType(),
        recording.media().size(),
        recording.media().sha256(),
        recording.media().fileName(),
        recording.media().durationMillis(),
        recording.media().kept(),
        meeting.organizer().toString(),
        RecordingId.encode(meeting, recording),
        HeldIn.of(meeting));
  }

  private static void insertTranscript(Handle handle, Meeting meeting, Artifact transcript) {
    handle.execute(
        """
        insert into transcript (artifact_id, tenant_id, meeting_key, call_id,
            content_correlation_id, created_ticks, ended_ticks, size_bytes, sha256, kept_ticks,
            organizer_id, graph_id, held_in)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        transcript.artifact().toString(),
        transcript.tenant().toString(),
        transcript.meetingKey().toString(),
        transcript.callId().toString(),
        transcript.contentCorrelationId(),
        transcript.created(),
        transcript.ended(),
        transcript.media().size(),
        transcript.media().sha256(),
        transcript.media().kept(),
        meeting.organizer().toString(),
        RecordingId.encode(meeting, transcript),
        HeldIn.of(meeting));
  }

  /** What comes to a meeting that was deleted meanwhile is kept as its others are: in no list. */
  static boolean underDeleted(Handle handle, Commit commit) {
    boolean deleted =
        handle
                .createQuery(
                    "select count(*) from meeting where meeting_key = :key"
                        + " and deleted_ticks is not null")
                .bind("key", commit.meeting().key().toString())
                .mapTo(Integer.class)
                .one()
            > 0;
    if (deleted) {
      for (Artifact artifact : commit.artifacts()) {
        handle.execute(
            "update " + Database.word(artifact.kind()) + " set held_in = ? where artifact_id = ?",
            HeldIn.DELETED,
            artifact.artifact().toString());
      }
    }
    return deleted;
  }
}
