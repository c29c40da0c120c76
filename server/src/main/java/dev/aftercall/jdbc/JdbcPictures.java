package dev.aftercall.jdbc;

import dev.aftercall.picture.Pictures;
import dev.aftercall.recording.Picture;
import dev.aftercall.time.Ticks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is drawn, in SQL. */
public final class JdbcPictures implements Pictures {
  static final String DUE =
      "select artifact_id, tenant_id, media_type, size_bytes, duration_millis, removed"
          + " from recording where drawing_ticks is not null and drawing_ticks <= :now"
          + " order by drawing_ticks limit 1";

  /** After which it is looked whether something is still in the trash. */
  private static final long IN_THE_TRASH = Ticks.of(Duration.ofDays(1));

  private final Database database;

  /** Over that database. */
  public JdbcPictures(Database database) {
    this.database = database;
  }

  private record Candidate(Subject subject, boolean removed) {}

  @Override
  public void resume() {
    if (database.embedded()) {
      database.write(
          handle ->
              handle.execute("update recording set drawing_ticks = 0 where drawing_ticks > 0"));
    }
  }

  @Override
  public Optional<Subject> due(long now, long until) {
    while (true) {
      // Reading costs nothing; where something is due, it is taken by a write.
      if (database.<Optional<Candidate>>read(handle -> next(handle, DUE, now)).isEmpty()) {
        return Optional.empty();
      }
      Optional<Candidate> next = database.write(handle -> take(handle, now, until));
      if (next.isEmpty() || !next.get().removed()) {
        return next.map(Candidate::subject);
      }
    }
  }

  private Optional<Candidate> take(Handle handle, long now, long until) {
    Optional<Candidate> next =
        next(handle, DUE + (database.embedded() ? "" : " for update skip locked"), now);
    next.ifPresent(it -> setDue(handle, it.subject(), it.removed() ? now + IN_THE_TRASH : until));
    return next;
  }

  private static Optional<Candidate> next(Handle handle, String sql, long now) {
    return handle
        .createQuery(sql)
        .bind("now", now)
        .map(
            (row, context) ->
                new Candidate(
                    new Subject(
                        UUID.fromString(row.getString("tenant_id")),
                        UUID.fromString(row.getString("artifact_id")),
                        row.getString("media_type"),
                        row.getLong("size_bytes"),
                        Duration.ofMillis(row.getLong("duration_millis"))),
                    row.getInt("removed") != 0))
        .findOne();
  }

  /** When it is to be drawn; null where that is over. */
  private static int setDue(Handle handle, Subject subject, @Nullable Long due) {
    return handle.execute(
        "update recording set drawing_ticks = ? where artifact_id = ?",
        due,
        subject.artifact().toString());
  }

  /** Whoever is behind this sees the recording stay until it commits. */
  private static boolean there(Handle handle, Subject subject) {
    return handle.execute(
            "update recording set drawing_ticks = drawing_ticks"
                + " where artifact_id = ? and removed = 0",
            subject.artifact().toString())
        == 1;
  }

  @Override
  public boolean intend(Subject subject, List<Picture> pictures, long now) {
    return database.write(
        handle -> {
          if (!there(handle, subject)) {
            return false;
          }
          for (Picture picture : pictures) {
            handle.execute(
                "insert into drawing (artifact_id, recording_id, tenant_id, begun_ticks)"
                    + " values (?, ?, ?, ?) on conflict (artifact_id) do update set"
                    + " begun_ticks = excluded.begun_ticks",
                picture.artifact().toString(),
                subject.artifact().toString(),
                subject.tenant().toString(),
                now);
          }
          return true;
        });
  }

  @Override
  public boolean keep(Subject subject, List<Picture> pictures) {
    return database.write(
        handle -> {
          if (!there(handle, subject)) {
            return false;
          }
          for (Picture picture : pictures) {
            handle.execute(
                "insert into picture (artifact_id, recording_id, tenant_id, number, size_bytes,"
                    + " sha256, kept_ticks) values (?, ?, ?, ?, ?, ?, ?)"
                    + " on conflict (artifact_id) do update set"
                    + " size_bytes = excluded.size_bytes, sha256 = excluded.sha256,"
                    + " kept_ticks = excluded.kept_ticks",
                picture.artifact().toString(),
                subject.artifact().toString(),
                subject.tenant().toString(),
                picture.number(),
                picture.size(),
                picture.sha256(),
                picture.kept());
            handle.execute(
                "delete from drawing where artifact_id = ?", picture.artifact().toString());
          }
          return setDue(handle, subject, null) == 1;
        });
  }

  @Override
  public void later(Subject subject, long due) {
    database.write(handle -> setDue(handle, subject, due));
  }

  @Override
  public void never(Subject subject) {
    database.write(handle -> setDue(handle, subject, null));
  }

  @Override
  public List<Intent> intended(Subject subject) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select tenant_id, artifact_id from drawing where recording_id = :recording")
                .bind("recording", subject.artifact().toString())
                .map((row, context) -> intent(row))
                .list());
  }

  @Override
  public List<Intent> left(long before, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select tenant_id, artifact_id from drawing where begun_ticks < :before"
                        + " and not exists (select 1 from recording r"
                        + " where r.artifact_id = drawing.recording_id) limit :most")
                .bind("before", before)
                .bind("most", most)
                .map((row, context) -> intent(row))
                .list());
  }

  private static Intent intent(ResultSet row) throws SQLException {
    return new Intent(UUID.fromString(row.getString(1)), UUID.fromString(row.getString(2)));
  }

  @Override
  public void forget(Intent intent) {
    database.write(
        handle ->
            handle.execute(
                "delete from drawing where artifact_id = ?", intent.artifact().toString()));
  }

  /** A picture of a recording. */
  static Optional<Picture> find(Handle handle, UUID tenant, UUID recording, int number) {
    return handle
        .createQuery(
            "select size_bytes, sha256, kept_ticks from picture where recording_id = :recording"
                + " and number = :number and tenant_id = :tenant")
        .bind("recording", recording.toString())
        .bind("number", number)
        .bind("tenant", tenant.toString())
        .map(
            (row, context) ->
                new Picture(
                    tenant, recording, number, row.getLong(1), row.getString(2), row.getLong(3)))
        .findOne();
  }

  /** Every GUID under which something may lie that was drawn of a recording. */
  static List<UUID> beside(Handle handle, UUID recording) {
    return handle
        .createQuery(
            "select artifact_id from picture where recording_id = :recording union"
                + " select artifact_id from drawing where recording_id = :recording")
        .bind("recording", recording.toString())
        .mapTo(String.class)
        .map(UUID::fromString)
        .list();
  }
}
