package dev.aftercall.jdbc;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Catalogue;
import dev.aftercall.recording.Picture;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        left join recording r on r.artifact_id = ? and r.meeting_key = m.meeting_key and r.removed = 0
       where m.tenant_id = ? and m.thread_id = ? and m.deleted_ticks is null
      """;

  static final String FIND_TRANSCRIPT =
      ofTranscripts(FIND.replace("left join recording r", "left join transcript r"));

  /** What the bytes of a recording {@code r} are, for {@link #media}. */
  static final String MEDIA =
      "select r.media_type, r.size_bytes, r.sha256, r.file_name, r.duration_millis, r.kept_ticks"
          + " from recording r";

  /** The same of a transcript. */
  static final String TRANSCRIPT_MEDIA =
      ofTranscripts(MEDIA.replace("from recording r", "from transcript r"));

  /** A transcript is always WebVTT, and as long as its call was recorded. */
  private static String ofTranscripts(String sql) {
    return sql.replace("r.media_type", "'text/vtt'")
        .replace("r.file_name", "'Meeting Transcript.vtt'")
        .replace("r.duration_millis", "(r.ended_ticks - r.created_ticks) / 10000");
  }

  private final Database database;
  private final HotStatement findRecording;
  private final HotStatement findTranscript;

  /** A catalogue in that database. */
  public JdbcCatalogue(Database database) {
    this.database = database;
    this.findRecording = new HotStatement(database, FIND);
    this.findTranscript = new HotStatement(database, FIND_TRANSCRIPT);
  }

  @Override
  public Optional<Found> find(
      UUID tenant, String threadId, UUID person, Artifact.Kind kind, UUID artifact) {
    HotStatement find =
        switch (kind) {
          case RECORDING -> findRecording;
          case TRANSCRIPT -> findTranscript;
        };
    try {
      return find.run(
          statement -> {
            statement.setString(1, person.toString());
            statement.setString(2, artifact.toString());
            statement.setString(3, tenant.toString());
            statement.setString(4, threadId);
            try (ResultSet row = statement.executeQuery()) {
              return row.next()
                  ? Optional.of(found(row, tenant, threadId, kind))
                  : Optional.empty();
            }
          });
    } catch (SQLException e) {
      throw new IllegalStateException("Reading the catalogue failed.", e);
    }
  }

  @Override
  public Optional<Picture> picture(UUID tenant, UUID recording, int number) {
    return database.read(handle -> JdbcPictures.find(handle, tenant, recording, number));
  }

  private static Found found(ResultSet row, UUID tenant, String threadId, Artifact.Kind kind)
      throws SQLException {
    Meeting meeting = meeting(row, tenant, threadId);
    Optional<Role> role = role(row.getString(11));
    Optional<Artifact> artifact =
        row.getString(12) == null ? Optional.empty() : Optional.of(artifact(row, meeting, kind));
    return new Found(meeting, role, artifact);
  }

  /** The meeting in the first ten columns. */
  static Meeting meeting(ResultSet row, UUID tenant, String threadId) throws SQLException {
    return new Meeting(
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
  }

  /** What the schema's word, or its absence, says of a person. */
  static Optional<Role> role(@Nullable String word) {
    return Optional.ofNullable(word).map(it -> Role.valueOf(it.toUpperCase(Locale.ROOT)));
  }

  private static Artifact artifact(ResultSet row, Meeting meeting, Artifact.Kind kind)
      throws SQLException {
    return new Artifact(
        kind,
        UUID.fromString(row.getString(12)),
        meeting.tenant(),
        meeting.key(),
        UUID.fromString(row.getString(13)),
        row.getString(14),
        row.getLong(15),
        row.getLong(16),
        media(row, 17));
  }

  /** What the bytes are, by six columns from that one on. */
  static Artifact.MediaFile media(ResultSet row, int first) throws SQLException {
    return new Artifact.MediaFile(
        row.getString(first),
        row.getLong(first + 1),
        row.getString(first + 2),
        row.getString(first + 3),
        row.getLong(first + 4),
        row.getLong(first + 5));
  }
}
