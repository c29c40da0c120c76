package dev.aftercall.jdbc;

import dev.aftercall.meeting.CalendarQuery;
import dev.aftercall.meeting.Joining;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Meetings;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Inventory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Online meetings in SQL. */
public final class JdbcMeetings implements Meetings {
  static final String SELECT =
      """
      select m.*, o.external_id, o.join_meeting_id, o.passcode, o.link_passcode,
             o.video_teleconference_id, o.created_ticks, o.version, o.document
        from meeting m
        left join online_meeting o on o.meeting_key = m.meeting_key
       where m.deleted_ticks is null and m.tenant_id = :tenant and m.meeting_type <> 'adhoc'
      """;

  static final String BY_THREAD = SELECT + " and m.thread_id = :word";
  static final String BY_JOIN_MEETING_ID = SELECT + " and o.join_meeting_id = :word";
  static final String BY_VIDEO_TELECONFERENCE = SELECT + " and o.video_teleconference_id = :word";
  static final String BY_EXTERNAL_ID =
      SELECT
          + " and o.tenant_id = :tenant and o.organizer_id = :organizer and o.external_id = :word";

  private final Database database;

  /** Keeps them in that database. */
  public JdbcMeetings(Database database) {
    this.database = database;
  }

  @Override
  public Optional<OnlineMeeting> byThread(UUID tenant, String threadId) {
    return find(BY_THREAD, tenant, threadId);
  }

  @Override
  public Optional<OnlineMeeting> byJoinMeetingId(UUID tenant, String digits) {
    return find(BY_JOIN_MEETING_ID, tenant, digits);
  }

  @Override
  public Optional<OnlineMeeting> byVideoTeleconferenceId(UUID tenant, String digits) {
    return find(BY_VIDEO_TELECONFERENCE, tenant, digits);
  }

  private Optional<OnlineMeeting> find(String sql, UUID tenant, String word) {
    return database.read(handle -> one(handle, handle.createQuery(sql).bind("word", word), tenant));
  }

  private static Optional<OnlineMeeting> one(Handle handle, Query query, UUID tenant) {
    return query
        .bind("tenant", tenant.toString())
        .map(JdbcMeetings::toOnlineMeeting)
        .findOne()
        .map(bare -> withRoster(bare, rosters(handle, List.of(bare))));
  }

  @Override
  public Outcome create(OnlineMeeting meeting) {
    return database.write(
        handle -> {
          MeetingRows.insert(handle, meeting.meeting());
          if (!insert(handle, meeting)) {
            handle.execute(
                "delete from meeting where meeting_key = ?", meeting.meeting().key().toString());
            return standing(handle, meeting);
          }
          meeting
              .roster()
              .forEach(
                  (person, role) -> MeetingRows.insert(handle, meeting.meeting(), person, role));
          return new Outcome.Created();
        });
  }

  private static Outcome standing(Handle handle, OnlineMeeting meeting) {
    Query query =
        handle
            .createQuery(BY_EXTERNAL_ID)
            .bind("organizer", meeting.meeting().organizer().toString())
            .bind("word", meeting.externalId().orElse(null));
    return one(handle, query, meeting.meeting().tenant())
        .<Outcome>map(Outcome.Existing::new)
        .orElseGet(Outcome.Clash::new);
  }

  /** False, and nothing kept, when one of its numbers or its external id is taken. */
  static boolean insert(Handle handle, OnlineMeeting meeting) {
    Joining joining = meeting.joining().orElseThrow();
    return handle.execute(
            """
            insert into online_meeting (meeting_key, tenant_id, organizer_id, external_id,
                join_meeting_id, passcode, link_passcode, video_teleconference_id, created_ticks,
                version, document)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """,
            meeting.meeting().key().toString(),
            meeting.meeting().tenant().toString(),
            meeting.meeting().organizer().toString(),
            meeting.externalId().orElse(null),
            joining.meetingId(),
            joining.passcode().orElse(null),
            joining.linkPasscode(),
            joining.videoTeleconferenceId(),
            meeting.created(),
            meeting.version(),
            meeting.document())
        == 1;
  }

  @Override
  public boolean replace(OnlineMeeting changed) {
    try {
      return replaced(changed);
    } catch (Database.Undone e) {
      return false;
    }
  }

  private boolean replaced(OnlineMeeting changed) {
    return database.write(
        handle -> {
          Meeting meeting = changed.meeting();
          String key = meeting.key().toString();
          boolean ours =
              changed.version() == 1
                  ? insert(handle, changed)
                  : handle.execute(
                          "update online_meeting set document = ?, version = ?"
                              + " where meeting_key = ? and version = ?",
                          changed.document(),
                          changed.version(),
                          key,
                          changed.version() - 1)
                      == 1;
          boolean lives =
              handle.execute(
                      "update meeting set subject = ?, start_ticks = ?, end_ticks = ?,"
                          + " expiry_ticks = ? where meeting_key = ? and deleted_ticks is null",
                      meeting.subject(),
                      meeting.start(),
                      meeting.end(),
                      meeting.expiry(),
                      key)
                  == 1;
          if (!ours || !lives) {
            throw new Database.Undone();
          }
          replaceRoster(handle, changed);
          return true;
        });
  }

  private static void replaceRoster(Handle handle, OnlineMeeting changed) {
    handle.execute(
        "delete from participant where meeting_key = ?", changed.meeting().key().toString());
    changed
        .roster()
        .forEach((person, role) -> MeetingRows.insert(handle, changed.meeting(), person, role));
  }

  @Override
  public void delete(UUID tenant, UUID key, long at) {
    database.write(
        handle -> {
          // Another meeting may be made under the external id of one that is gone.
          handle.execute(
              "update online_meeting set external_id = null, version = version + 1"
                  + " where meeting_key = ? and tenant_id = ?",
              key.toString(),
              tenant.toString());
          int deleted =
              handle.execute(
                  "update meeting set deleted_ticks = ?"
                      + " where meeting_key = ? and tenant_id = ? and deleted_ticks is null",
                  at,
                  key.toString(),
                  tenant.toString());
          if (deleted == 1) {
            withdraw(handle, key, at);
          }
          return deleted;
        });
  }

  /** What the meeting held stays, and leaves every list; deltas hear of it. */
  private static void withdraw(Handle handle, UUID key, long at) {
    List<ChangeSequence.Entry> removed = new ArrayList<>();
    for (Artifact.Kind kind : Artifact.Kind.values()) {
      String table = Database.word(kind);
      handle
          .createQuery(
              "select artifact_id from " + table + " where meeting_key = :key and removed = 0")
          .bind("key", key.toString())
          .mapTo(String.class)
          .map(UUID::fromString)
          .forEach(
              artifact ->
                  ChangeSequence.removed(handle, kind, artifact, Inventory.Reason.DELETED)
                      .ifPresent(removed::add));
      handle.execute(
          "update " + table + " set held_in = ? where meeting_key = ? and removed = 0",
          HeldIn.DELETED,
          key.toString());
    }
    ChangeSequence.append(handle, removed, at);
  }

  @Override
  public List<OnlineMeeting> inCalendar(CalendarQuery query) {
    return database.read(
        handle -> {
          CalendarSql sql = new CalendarSql(query);
          List<OnlineMeeting> bare =
              handle
                  .createQuery(sql.text())
                  .bindMap(sql.values())
                  .map(JdbcMeetings::toOnlineMeeting)
                  .list();
          Map<UUID, Map<UUID, Role>> rosters = rosters(handle, bare);
          return bare.stream().map(meeting -> withRoster(meeting, rosters)).toList();
        });
  }

  private static Map<UUID, Map<UUID, Role>> rosters(Handle handle, List<OnlineMeeting> meetings) {
    Map<UUID, Map<UUID, Role>> rosters = new HashMap<>();
    if (!meetings.isEmpty()) {
      handle
          .createQuery(
              "select meeting_key, person_id, role from participant where meeting_key in (<keys>)")
          .bindList("keys", meetings.stream().map(it -> it.meeting().key().toString()).toList())
          .map(
              (row, context) ->
                  rosters
                      .computeIfAbsent(
                          UUID.fromString(row.getString("meeting_key")), any -> new HashMap<>())
                      .put(
                          UUID.fromString(row.getString("person_id")),
                          Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT))))
          .list();
    }
    return rosters;
  }

  private static OnlineMeeting withRoster(OnlineMeeting bare, Map<UUID, Map<UUID, Role>> rosters) {
    return new OnlineMeeting(
        bare.meeting(),
        bare.joining(),
        bare.externalId(),
        rosters.getOrDefault(bare.meeting().key(), Map.of()),
        bare.document(),
        bare.created(),
        bare.version());
  }

  private static OnlineMeeting toOnlineMeeting(ResultSet row, StatementContext context)
      throws SQLException {
    Meeting meeting = MeetingRows.meeting(row, context);
    String digits = row.getString("join_meeting_id");
    if (digits == null) {
      // It came with a recording, before there were online meetings.
      return new OnlineMeeting(
          meeting, Optional.empty(), Optional.empty(), Map.of(), "{}", meeting.start(), 0);
    }
    return new OnlineMeeting(
        meeting,
        Optional.of(
            new Joining(
                digits,
                Optional.ofNullable(row.getString("passcode")),
                row.getString("link_passcode"),
                row.getString("video_teleconference_id"))),
        Optional.ofNullable(row.getString("external_id")),
        Map.of(),
        row.getString("document"),
        row.getLong("created_ticks"),
        row.getLong("version"));
  }
}
