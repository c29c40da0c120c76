package dev.aftercall.jdbc;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Whereabouts;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Where artifacts are, in SQL. */
public final class JdbcWhereabouts implements Whereabouts {
  private final Database database;

  /** Looks in that database. */
  public JdbcWhereabouts(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Located> locate(UUID tenant, UUID artifact) {
    return database.read(
        handle ->
            in(handle, "recording", tenant, artifact)
                .map(meeting -> new Located(Artifact.Kind.RECORDING, meeting))
                .or(
                    () ->
                        in(handle, "transcript", tenant, artifact)
                            .map(meeting -> new Located(Artifact.Kind.TRANSCRIPT, meeting))));
  }

  private static Optional<Meeting> in(Handle handle, String table, UUID tenant, UUID artifact) {
    return handle
        .createQuery(
            "select m.meeting_key, m.organizer_id, m.calendar_id, m.subject, m.meeting_type,"
                + " m.channel, m.calendar_backed, m.start_ticks, m.end_ticks, m.expiry_ticks,"
                + " m.thread_id from "
                + table
                + " r join meeting m on m.meeting_key = r.meeting_key"
                + " where r.artifact_id = :artifact and m.tenant_id = :tenant")
        .bind("artifact", artifact.toString())
        .bind("tenant", tenant.toString())
        .map((row, context) -> JdbcCatalogue.meeting(row, tenant, row.getString(11)))
        .findOne();
  }
}
