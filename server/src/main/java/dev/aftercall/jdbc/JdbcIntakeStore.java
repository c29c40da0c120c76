package dev.aftercall.jdbc;

import dev.aftercall.intake.IntakeException;
import dev.aftercall.intake.IntakeStore;
import dev.aftercall.intake.Submitter;
import dev.aftercall.intake.Upload;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.meeting.Expiry;
import dev.aftercall.meeting.Joining;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.OnlineMeeting;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Uploads and what becomes of them, in SQL. */
public final class JdbcIntakeStore implements IntakeStore {
  private final Database database;
  private final Runnable visible;

  /** Keeps them in that database. */
  public JdbcIntakeStore(Database database) {
    this(database, () -> {});
  }

  /**
   * Keeps them in that database.
   *
   * @param visible run after each commit that made something visible
   */
  public JdbcIntakeStore(Database database, Runnable visible) {
    this.database = database;
    this.visible = visible;
  }

  @Override
  public <T> T together(Steps<T> steps) throws IntakeException, IOException {
    return Together.of(database, steps);
  }

  @Override
  public Upload open(Upload upload) {
    return database.write(
        handle -> {
          int inserted =
              handle
                  .createUpdate(
                      """
                      insert into upload (upload_id, secret_sha256, tenant_id, app_id,
                          idempotency_key, request, artifact_id, state, created_ticks, expires_ticks)
                      values (:id, :secret, :tenant, :app, :key, :request, :artifact, :state,
                          :created, :expires)
                      on conflict (tenant_id, app_id, idempotency_key) do nothing
                      """)
                  .bind("id", upload.id())
                  .bind("secret", upload.secretSha256())
                  .bind("tenant", upload.submitter().tenant().toString())
                  .bind("app", upload.submitter().appId())
                  .bind("key", upload.idempotencyKey().orElse(null))
                  .bind("request", upload.request())
                  .bind("artifact", upload.artifact().toString())
                  .bind("state", Database.word(upload.state()))
                  .bind("created", upload.created())
                  .bind("expires", upload.expires())
                  .execute();
          return inserted == 1
              ? upload
              : byKey(handle, upload.submitter(), upload.idempotencyKey().orElseThrow())
                  .orElseThrow();
        });
  }

  @Override
  public Optional<Upload> byKey(Submitter submitter, String idempotencyKey) {
    return database.read(handle -> byKey(handle, submitter, idempotencyKey));
  }

  private static Optional<Upload> byKey(Handle handle, Submitter submitter, String key) {
    return handle
        .createQuery(
            "select * from upload where tenant_id = :tenant and app_id = :app"
                + " and idempotency_key = :key")
        .bind("tenant", submitter.tenant().toString())
        .bind("app", submitter.appId())
        .bind("key", key)
        .map((row, context) -> toUpload(row))
        .findOne();
  }

  @Override
  public void renewSecret(String uploadId, String secretSha256) {
    database.write(
        handle ->
            handle.execute(
                "update upload set secret_sha256 = ? where upload_id = ?", secretSha256, uploadId));
  }

  @Override
  public Optional<Upload> find(String uploadId) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from upload where upload_id = :id")
                .bind("id", uploadId)
                .map((row, context) -> toUpload(row))
                .findOne());
  }

  @Override
  public boolean move(
      String uploadId, State from, State to, Optional<String> reason, Optional<String> facts) {
    return database.write(handle -> move(handle, uploadId, from, to, reason, facts));
  }

  private static boolean move(
      Handle handle,
      String uploadId,
      State from,
      State to,
      Optional<String> reason,
      Optional<String> facts) {
    return handle
            .createUpdate(
                // What was given up must not stand in the way of another try under the same key.
                "update upload set state = :to, reason = :reason, receipt = coalesce(:facts, receipt),"
                    + " idempotency_key = case when :to = 'cancelled' then null"
                    + " else idempotency_key end where upload_id = :id and state = :from")
            .bind("to", Database.word(to))
            .bind("reason", reason.orElse(null))
            .bind("facts", facts.orElse(null))
            .bind("id", uploadId)
            .bind("from", Database.word(from))
            .execute()
        == 1;
  }

  @Override
  public boolean assign(String uploadId, String request) {
    return database.write(
            handle ->
                handle.execute(
                    "update upload set request = ?, state = 'keeping'"
                        + " where upload_id = ? and state = 'waiting'",
                    request,
                    uploadId))
        == 1;
  }

  @Override
  public boolean assignAs(String uploadId, String request, UUID artifact) {
    return database.write(handle -> CopyRows.assign(handle, uploadId, request, artifact));
  }

  @Override
  public Optional<Standing> standing(UUID artifact) {
    return database.read(handle -> CopyRows.standing(handle, artifact));
  }

  @Override
  public Optional<UUID> tenantOf(UUID meetingKey) {
    return database.read(handle -> CopyRows.tenant(handle, meetingKey));
  }

  @Override
  public boolean recorded(UUID meetingKey) {
    return database.read(handle -> CopyRows.recorded(handle, meetingKey));
  }

  @Override
  public Optional<Meeting> meeting(UUID tenant, String threadId) {
    return meeting(tenant, threadId, " and deleted_ticks is null");
  }

  @Override
  public Optional<Meeting> meetingEvenDeleted(UUID tenant, String threadId) {
    return meeting(tenant, threadId, "");
  }

  private Optional<Meeting> meeting(UUID tenant, String threadId, String unless) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from meeting where tenant_id = :tenant and thread_id = :thread"
                        + unless)
                .bind("tenant", tenant.toString())
                .bind("thread", threadId)
                .map(MeetingRows::meeting)
                .findOne());
  }

  @Override
  public Optional<Meeting> meetingByNumber(
      UUID tenant, String joinMeetingId, Optional<String> passcode) {
    String sql =
        "select m.* from online_meeting o join meeting m on m.meeting_key = o.meeting_key"
            + " where o.join_meeting_id = :number and m.tenant_id = :tenant"
            + (passcode.isPresent()
                ? " and (o.link_passcode = :passcode or o.passcode = :passcode)"
                : "");
    return database.read(
        handle -> {
          Query query =
              handle
                  .createQuery(sql)
                  .bind("number", joinMeetingId)
                  .bind("tenant", tenant.toString());
          passcode.ifPresent(it -> query.bind("passcode", it));
          return query.map(MeetingRows::meeting).findOne();
        });
  }

  @Override
  public Optional<Recorded> recording(UUID tenant, UUID artifact) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select m.*, r.artifact_id, r.call_id, r.content_correlation_id,"
                        + " r.created_ticks, r.ended_ticks, r.media_type, r.size_bytes, r.sha256,"
                        + " r.file_name, r.duration_millis, r.kept_ticks"
                        + " from recording r join meeting m on m.meeting_key = r.meeting_key"
                        + " where r.artifact_id = :artifact and m.tenant_id = :tenant")
                .bind("artifact", artifact.toString())
                .bind("tenant", tenant.toString())
                .map((row, context) -> CopyRows.recorded(row, MeetingRows.meeting(row, context)))
                .findOne());
  }

  @Override
  public boolean commit(String uploadId, Commit commit) {
    boolean committed = database.write(handle -> commit(handle, uploadId, commit));
    if (committed) {
      database.afterwards(visible);
    }
    return committed;
  }

  private static boolean commit(Handle handle, String uploadId, Commit commit) {
    boolean ours =
        move(
            handle,
            uploadId,
            State.KEEPING,
            State.READY,
            Optional.empty(),
            Optional.of(commit.receipt()));
    if (ours) {
      if (commit.newMeeting() && MeetingRows.insert(handle, commit.meeting())) {
        if (commit.meeting().type() != MeetingType.ADHOC) {
          JdbcMeetings.insert(handle, asOnlineMeeting(commit));
        }
      } else {
        extend(handle, commit);
        CopyRows.name(handle, commit);
      }
      commit
          .roster()
          .forEach((person, role) -> MeetingRows.insert(handle, commit.meeting(), person, role));
      commit
          .artifacts()
          .forEach(artifact -> ArtifactRows.insert(handle, commit.meeting(), artifact));
      commit.artifacts().forEach(it -> JdbcArchive.put(handle, it.artifact(), commit.tags()));
      handle.execute(
          "update upload set request = ? where upload_id = ?", commit.remembered(), uploadId);
      if (!ArtifactRows.underDeleted(handle, commit)) {
        ChangeSequence.append(
            handle,
            commit.artifacts().stream()
                .map(it -> ChangeSequence.added(commit.meeting(), it.kind(), it.artifact()))
                .toList(),
            commit.main().media().kept());
      }
    }
    return ours;
  }

  /** Clients find it as they find those they made. */
  private static OnlineMeeting asOnlineMeeting(Commit commit) {
    return new OnlineMeeting(
        commit.meeting(),
        Optional.of(Joining.derived(commit.meeting().key())),
        Optional.empty(),
        commit.roster(),
        "{}",
        commit.main().media().kept(),
        1);
  }

  /** Whoever records a meeting has started it. */
  private static void extend(Handle handle, Commit commit) {
    Meeting meeting = commit.meeting();
    long expiry =
        Expiry.touched(meeting.type(), meeting.start(), meeting.end(), commit.main().ended());
    // The roster may have grown: whoever changes the meeting at this moment is to look again.
    // First, for a change of the meeting locks these rows in this order.
    handle.execute(
        "update online_meeting set version = version + 1 where meeting_key = ?",
        meeting.key().toString());
    handle.execute(
        "update meeting set expiry_ticks = ? where meeting_key = ? and expiry_ticks < ?",
        expiry,
        meeting.key().toString(),
        expiry);
  }

  @Override
  public List<Upload> inState(State state, long expiresBefore) {
    // Plain JDBC: asked at every start, which shall not wait for JDBI to get going.
    try (Connection connection = database.readConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select * from upload where state = ? and expires_ticks < ?"
                    + " order by expires_ticks limit 1000")) {
      statement.setString(1, Database.word(state));
      statement.setLong(2, expiresBefore);
      List<Upload> uploads = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          uploads.add(toUpload(row));
        }
      }
      return uploads;
    } catch (SQLException e) {
      throw new IllegalStateException("Reading the uploads failed.", e);
    }
  }

  private static Upload toUpload(ResultSet row) throws SQLException {
    return new Upload(
        row.getString("upload_id"),
        row.getString("secret_sha256"),
        new Submitter(UUID.fromString(row.getString("tenant_id")), row.getString("app_id")),
        Optional.ofNullable(row.getString("idempotency_key")),
        row.getString("request"),
        UUID.fromString(row.getString("artifact_id")),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getString("receipt")),
        row.getLong("created_ticks"),
        row.getLong("expires_ticks"));
  }
}
