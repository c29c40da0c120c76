package dev.aftercall.jdbc;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Catalogue;
import dev.aftercall.recording.Recording;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The catalogue in SQL. The one look-up on the way of every request is plain JDBC: three primary
 * keys in one statement, no mapping layer between.
 */
public final class JdbcCatalogue implements Catalogue {
  static final String FIND =
      """
      select m.meeting_key, m.organizer_id, m.calendar_id, m.subject, m.meeting_type, m.channel,
             m.calendar_backed, m.start_ticks, m.end_ticks, m.expiry_ticks,
             (select p.role from participant p
               where p.meeting_key = m.meeting_key and p.person_id = ?),
             r.artifact_id, r.call_id, r.content_correlation_id, r.created_ticks, r.ended_ticks,
             r.media_type, r.size_bytes, r.sha256, r.file_name, r.duration_millis, r.kept_ticks
        from meeting m
        left join recording r on r.artifact_id = ? and r.meeting_key = m.meeting_key
       where m.tenant_id = ? and m.thread_id = ? and m.deleted_ticks is null
      """;

  private final HotStatement find;

  /** A catalogue in that database. */
  public JdbcCatalogue(Database database) {
    this.find = new HotStatement(database, FIND);
  }

  @Override
  public Optional<Found> find(UUID tenant, String threadId, UUID person, UUID artifact) {
    try {
      return find.run(
          statement -> {
            statement.setString(1, person.toString());
            statement.setString(2, artifact.toString());
            statement.setString(3, tenant.toString());
            statement.setString(4, threadId);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(found(row, tenant, threadId)) : Optional.empty();
            }
          });
    } catch (SQLException e) {
      throw new IllegalStateException("Reading the catalogue failed.", e);
    }
  }

  private static Found found(ResultSet row, UUID tenant, String threadId) throws SQLException {
    Meeting meeting =
        new Meeting(
            UUID.fromString(row.getString(1)),
            tenant,
            UUID.fromString(row.getString(2)),
            threadId,
            row.getString(3),
            row.getString(4),
            MeetingType.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
            row.getInt(6) != 0,
            row.getInt(7) != 0,
            row.getLong(8),
            row.getLong(9),
            row.getLong(10));
    Optional<Role> role =
        Optional.ofNullable(row.getString(11))
            .map(word -> Role.valueOf(word.toUpperCase(Locale.ROOT)));
    Optional<Recording> recording =
        row.getString(12) == null ? Optional.empty() : Optional.of(recording(row, meeting));
    return new Found(meeting, role, recording);
  }

  private static Recording recording(ResultSet row, Meeting meeting) throws SQLException {
    return new Recording(
        UUID.fromString(row.getString(12)),
        meeting.tenant(),
        meeting.key(),
        UUID.fromString(row.getString(13)),
        row.getString(14),
        row.getLong(15),
        row.getLong(16),
        new Recording.MediaFile(
            row.getString(17),
            row.getLong(18),
            row.getString(19),
            row.getString(20),
            row.getLong(21),
            row.getLong(22)));
  }
}
