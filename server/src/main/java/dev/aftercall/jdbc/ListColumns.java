package dev.aftercall.jdbc;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.flywaydb.core.api.migration.Context;

/**
 * Version 2 of the schema: what lists, getAll and delta need. In Java because the ids that existing
 * rows get are base64, which SQL cannot make, and because text is compared by code point on both
 * databases, which each is told in its own words.
 */
final class ListColumns extends MigrationInJava {
  static final String VERSION = "2";

  private static final int BATCH = 1_000;

  private static final String MEETING =
      "alter table meeting add column graph_id text not null default ''";

  /** held_in: meeting | channel | call; getAll shows meetings or calls. */
  private static final String ARTIFACT =
      """
      alter table recording add column organizer_id text not null default '';
      alter table recording add column graph_id text not null default '';
      alter table recording add column held_in text not null default 'meeting';
      drop index recording_by_meeting;
      create index recording_by_meeting on recording (meeting_key, created_ticks, artifact_id);
      create index recording_by_organizer
        on recording (tenant_id, organizer_id, held_in, created_ticks, artifact_id);
      create index recording_by_end
        on recording (tenant_id, organizer_id, held_in, ended_ticks, artifact_id);
      create index recording_by_correlation
        on recording (content_correlation_id, tenant_id, organizer_id, held_in)
      """;

  /**
   * what: added | deleted | expired | access_revoked; graph_id is there for what is gone. The
   * position comes from change_counter, whose row a transaction holds until it ends: positions
   * become visible in their order.
   */
  private static final String CHANGES =
      """
      create table artifact_change (
        tenant_id    text   not null,
        position     bigint not null,
        kind         text   not null,
        artifact_id  text   not null,
        meeting_key  text   not null,
        organizer_id text   not null,
        held_in      text   not null,
        what         text   not null,
        graph_id     text,
        at_ticks     bigint not null,
        primary key (tenant_id, position)
      );
      create index artifact_change_by_organizer
        on artifact_change (tenant_id, organizer_id, held_in, kind, position);
      create index artifact_change_by_meeting on artifact_change (meeting_key, kind, position);
      create table change_counter (
        tenant_id text   not null primary key,
        position  bigint not null
      );
      create table secret (
        purpose text not null primary key,
        secret  text not null
      )
      """;

  private static final List<String> BY_CODE_POINT =
      List.of("artifact_id", "graph_id", "call_id", "content_correlation_id");

  ListColumns() {
    super(VERSION, "lists and changes");
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    boolean postgres = !connection.getMetaData().getURL().startsWith("jdbc:sqlite:");
    run(connection, MEETING);
    if (postgres) {
      run(connection, "alter table meeting alter column graph_id type text collate \"C\"");
    }
    fillMeetings(connection);
    for (String table : List.of("recording", "transcript")) {
      run(connection, ARTIFACT.replace("recording", table));
      if (postgres) {
        for (String column : BY_CODE_POINT) {
          run(
              connection,
              "alter table " + table + " alter column " + column + " type text collate \"C\"");
        }
      }
      fillArtifacts(connection, table);
    }
    run(connection, CHANGES);
  }

  private static void fillMeetings(Connection connection) throws SQLException {
    fill(
        connection,
        "select meeting_key, "
            + MEETING_COLUMNS
            + " from meeting m where meeting_key > ? order by meeting_key limit "
            + BATCH,
        "update meeting set graph_id = ? where meeting_key = ?",
        row -> List.of(meeting(row).id().encoded()));
  }

  private static void fillArtifacts(Connection connection, String table) throws SQLException {
    Artifact.Kind kind = Artifact.Kind.valueOf(table.toUpperCase(Locale.ROOT));
    fill(
        connection,
        "select r.artifact_id, r.created_ticks, "
            + MEETING_COLUMNS
            + " from "
            + table
            + " r join meeting m on m.meeting_key = r.meeting_key"
            + " where r.artifact_id > ? order by r.artifact_id limit "
            + BATCH,
        "update "
            + table
            + " set organizer_id = ?, graph_id = ?, held_in = ? where artifact_id = ?",
        row -> {
          Meeting meeting = meeting(row);
          return List.of(
              meeting.organizer().toString(),
              RecordingId.encode(meeting, artifact(row, meeting, kind)),
              HeldIn.of(meeting));
        });
  }

  @FunctionalInterface
  private interface Values {
    List<String> of(ResultSet row) throws SQLException;
  }

  /** Goes through a table by its key, so that memory does not grow with it. */
  private static void fill(Connection connection, String select, String update, Values values)
      throws SQLException {
    String last = "";
    try (PreparedStatement read = connection.prepareStatement(select);
        PreparedStatement write = connection.prepareStatement(update)) {
      int found = BATCH;
      while (found == BATCH) {
        read.setString(1, last);
        List<String> keys = new ArrayList<>();
        try (ResultSet row = read.executeQuery()) {
          while (row.next()) {
            List<String> made = values.of(row);
            for (int i = 0; i < made.size(); i++) {
              write.setString(i + 1, made.get(i));
            }
            write.setString(made.size() + 1, row.getString(1));
            write.addBatch();
            keys.add(row.getString(1));
          }
        }
        write.executeBatch();
        found = keys.size();
        last = keys.isEmpty() ? last : keys.getLast();
      }
    }
  }

  private static final String MEETING_COLUMNS =
      "m.meeting_key as own_key, m.tenant_id, m.organizer_id, m.thread_id, m.calendar_id,"
          + " m.meeting_type, m.channel";

  /** As much of it as its id is made of. */
  private static Artifact artifact(ResultSet row, Meeting meeting, Artifact.Kind kind)
      throws SQLException {
    return new Artifact(
        kind,
        UUID.fromString(row.getString("artifact_id")),
        meeting.tenant(),
        meeting.key(),
        meeting.key(),
        "",
        row.getLong("created_ticks"),
        0,
        new Artifact.MediaFile("", 0, "", "", 0, 0));
  }

  private static Meeting meeting(ResultSet row) throws SQLException {
    return new Meeting(
        UUID.fromString(row.getString("own_key")),
        UUID.fromString(row.getString("tenant_id")),
        UUID.fromString(row.getString("organizer_id")),
        row.getString("thread_id"),
        row.getString("calendar_id"),
        "",
        MeetingType.valueOf(row.getString("meeting_type").toUpperCase(Locale.ROOT)),
        row.getInt("channel") != 0,
        false,
        0,
        0,
        0);
  }
}
