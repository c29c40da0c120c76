package dev.aftercall.jdbc;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Meetings and who was in them, as rows. */
final class MeetingRows {
  private MeetingRows() {}

  static Meeting meeting(ResultSet row, StatementContext context) throws SQLException {
    return new Meeting(
        UUID.fromString(row.getString("meeting_key")),
        UUID.fromString(row.getString("tenant_id")),
        UUID.fromString(row.getString("organizer_id")),
        row.getString("thread_id"),
        row.getString("calendar_id"),
        row.getString("subject"),
        MeetingType.valueOf(row.getString("meeting_type").toUpperCase(Locale.ROOT)),
        row.getInt("channel") != 0,
        row.getInt("calendar_backed") != 0,
        row.getLong("start_ticks"),
        row.getLong("end_ticks"),
        row.getLong("expiry_ticks"));
  }

  /**
   * Whether it was not there; another hand-over for the same may have made it at this moment. Names
   * no index: PostgreSQL waits for the other only at those named, and may meet it at one by thread
   * or by id first. A stranger under the same thread stays an error, for what follows refers to the
   * key.
   */
  static boolean insert(Handle handle, Meeting meeting) {
    return handle.execute(
            """
        insert into meeting (meeting_key, tenant_id, thread_id, organizer_id, calendar_id, subject,
            meeting_type, channel, calendar_backed, start_ticks, end_ticks, expiry_ticks, graph_id)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing
        """,
            meeting.key().toString(),
            meeting.tenant().toString(),
            meeting.threadId(),
            meeting.organizer().toString(),
            meeting.calendarId(),
            meeting.subject(),
            meeting.type().wire(),
            meeting.channel() ? 1 : 0,
            meeting.calendarBacked() ? 1 : 0,
            meeting.start(),
            meeting.end(),
            meeting.expiry(),
            meeting.id().encoded())
        == 1;
  }

  static void insert(Handle handle, Meeting meeting, UUID person, Role role) {
    handle.execute(
        "insert into participant (meeting_key, person_id, role) values (?, ?, ?)"
            + " on conflict (meeting_key, person_id) do nothing",
        meeting.key().toString(),
        person.toString(),
        Database.word(role));
  }
}
