package dev.aftercall.jdbc;

import dev.aftercall.intake.IntakeJson;
import dev.aftercall.intake.IntakeStore.Commit;
import dev.aftercall.intake.IntakeStore.Recorded;
import dev.aftercall.intake.IntakeStore.Standing;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.recording.Artifact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What copies ask and write beside what every hand-over does. */
final class CopyRows {
  private CopyRows() {}

  /** Gives a waiting upload the key of what it is a copy of, unless anything has it. */
  static boolean assign(Handle handle, String uploadId, String request, UUID artifact) {
    return handle
            .createUpdate(
                """
                update upload set request = :request, artifact_id = :artifact, state = 'keeping'
                 where upload_id = :id and state = 'waiting'
                   and not exists (select 1 from upload other where other.artifact_id = :artifact
                       and other.upload_id <> :id and other.state in ('keeping', 'ready'))
                   and not exists (select 1 from recording where artifact_id = :artifact)
                   and not exists (select 1 from transcript where artifact_id = :artifact)
                """)
            .bind("request", request)
            .bind("artifact", artifact.toString())
            .bind("id", uploadId)
            .execute()
        == 1;
  }

  static Optional<Standing> standing(Handle handle, UUID artifact) {
    Optional<Standing> handedOver =
        handle
            .createQuery(
                "select tenant_id, state, receipt from upload where artifact_id = :artifact"
                    + " and state in ('keeping', 'ready') order by state desc limit 1")
            .bind("artifact", artifact.toString())
            .map(
                (row, context) ->
                    new Standing(
                        UUID.fromString(row.getString("tenant_id")),
                        row.getString("state").equals("ready")
                            ? Optional.of(IntakeJson.sha256(row.getString("receipt")))
                            : Optional.empty()))
            .findOne();
    return handedOver.isPresent()
        ? handedOver
        : handle
            .createQuery(
                "select tenant_id, sha256 from recording where artifact_id = :artifact union all"
                    + " select tenant_id, sha256 from transcript where artifact_id = :artifact"
                    + " limit 1")
            .bind("artifact", artifact.toString())
            .map(
                (row, context) ->
                    new Standing(
                        UUID.fromString(row.getString("tenant_id")),
                        Optional.of(row.getString("sha256"))))
            .findOne();
  }

  static Optional<UUID> tenant(Handle handle, UUID meetingKey) {
    return handle
        .createQuery("select tenant_id from meeting where meeting_key = :key")
        .bind("key", meetingKey.toString())
        .map((row, context) -> UUID.fromString(row.getString("tenant_id")))
        .findOne();
  }

  static boolean recorded(Handle handle, UUID meetingKey) {
    return handle
        .createQuery("select exists (select 1 from recording where meeting_key = :key)")
        .bind("key", meetingKey.toString())
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * Gives the meeting of a copy its iCalUId, as long as no recording's id has another in it.
   *
   * @throws IllegalStateException where somebody was quicker; planned anew, it fits
   */
  static void name(Handle handle, Commit commit) {
    Meeting meeting = commit.meeting();
    if (!commit.copied()) {
      return;
    }
    handle.execute(
        "update meeting set calendar_id = ? where meeting_key = ? and calendar_id <> ?"
            + " and not exists (select 1 from recording where meeting_key = ?)",
        meeting.calendarId(),
        meeting.key().toString(),
        meeting.calendarId(),
        meeting.key().toString());
    boolean stands =
        handle
            .createQuery(
                "select tenant_id from meeting where meeting_key = :key and tenant_id = :tenant"
                    + " and calendar_id = :calendar")
            .bind("key", meeting.key().toString())
            .bind("tenant", meeting.tenant().toString())
            .bind("calendar", meeting.calendarId())
            .mapToMap()
            .findOne()
            .isPresent();
    if (!stands) {
      throw new IllegalStateException(
          "Another copy named the meeting " + meeting.key() + " at this moment.");
    }
  }

  /** A recording in its meeting. */
  static Recorded recorded(ResultSet row, Meeting meeting) throws SQLException {
    return new Recorded(
        meeting,
        new Artifact(
            Artifact.Kind.RECORDING,
            UUID.fromString(row.getString("artifact_id")),
            meeting.tenant(),
            meeting.key(),
            UUID.fromString(row.getString("call_id")),
            row.getString("content_correlation_id"),
            row.getLong("created_ticks"),
            row.getLong("ended_ticks"),
            new Artifact.MediaFile(
                row.getString("media_type"),
                row.getLong("size_bytes"),
                row.getString("sha256"),
                row.getString("file_name"),
                row.getLong("duration_millis"),
                row.getLong("kept_ticks"))));
  }
}
