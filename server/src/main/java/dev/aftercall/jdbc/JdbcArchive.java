package dev.aftercall.jdbc;

import dev.aftercall.change.Precondition;
import dev.aftercall.recording.Artifact.Kind;
import dev.aftercall.recording.Artifact.MediaFile;
import dev.aftercall.retention.Archive;
import dev.aftercall.retention.ArchiveItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The archive in SQL. */
public final class JdbcArchive implements Archive {
  private final Database database;

  /** Over that database. */
  public JdbcArchive(Database database) {
    this.database = database;
  }

  @Override
  public Optional<ArchiveItem> find(UUID tenant, UUID artifact) {
    return database.read(
        handle ->
            ItemRows.of(handle, List.of(artifact)).stream()
                .filter(item -> item.tenant().equals(tenant))
                .findFirst());
  }

  @Override
  public List<ArchiveItem> page(UUID tenant, Ask ask, Optional<Position> after, int most) {
    Map<String, Object> values = new HashMap<>();
    String sql = pageSql(tenant, ask, after, most, values);
    return database.read(
        handle -> {
          List<ArchiveItem> bare =
              handle
                  .createQuery(sql)
                  .bindMap(values)
                  .map((row, context) -> ItemRows.item(row, ask.kind()))
                  .list();
          return ItemRows.with(handle, bare, ask.participants());
        });
  }

  /** Begins in an index: the meeting's, the organizer's, or the tenant's by end. */
  static String pageSql(
      UUID tenant, Ask ask, Optional<Position> after, int most, Map<String, Object> values) {
    StringBuilder sql = new StringBuilder(ItemRows.from(ask.kind()));
    sql.append(" where r.tenant_id || '' = :tenant");
    values.put("tenant", tenant.toString());
    ask.removed().ifPresent(removed -> sql.append(" and r.removed = ").append(removed ? 1 : 0));
    ask.organizer()
        .ifPresent(
            person -> {
              sql.append(" and r.organizer_id = :organizer");
              values.put("organizer", person.toString());
            });
    ask.meetingKey()
        .ifPresent(
            key -> {
              sql.append(" and r.meeting_key = :meeting");
              values.put("meeting", key.toString());
            });
    ask.endedBefore()
        .ifPresent(
            ended -> {
              sql.append(" and r.ended_ticks + 0 <= :before");
              values.put("before", ended);
            });
    after.ifPresent(
        position -> {
          sql.append(
              " and r.ended_ticks + 0 >= :ended"
                  + " and (r.ended_ticks + 0, r.artifact_id) > (:ended, :artifact)");
          values.put("ended", position.ended());
          values.put("artifact", position.artifact().toString());
        });
    values.put("most", most);
    return sql.append(" order by r.ended_ticks + 0, r.artifact_id limit :most").toString();
  }

  @Override
  public Optional<MediaFile> media(UUID tenant, UUID artifact) {
    return database.read(
        handle ->
            media(handle, JdbcCatalogue.MEDIA, tenant, artifact)
                .or(() -> media(handle, JdbcCatalogue.TRANSCRIPT_MEDIA, tenant, artifact)));
  }

  private static Optional<MediaFile> media(
      Handle handle, String select, UUID tenant, UUID artifact) {
    return handle
        .createQuery(select + " where r.artifact_id = :artifact and r.tenant_id = :tenant")
        .bind("artifact", artifact.toString())
        .bind("tenant", tenant.toString())
        .map((row, context) -> JdbcCatalogue.media(row, 1))
        .findOne();
  }

  @Override
  public List<UUID> tenants() {
    // A loose index scan would do for millions; a tenant's name changes seldom enough.
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select tenant_id from meeting union select tenant_id from retention_rule")
                .mapTo(String.class)
                .map(UUID::fromString)
                .list());
  }

  @Override
  public Counts counts(UUID tenant) {
    return database.read(
        handle -> {
          long all = 0;
          for (Kind kind : Kind.values()) {
            all += count(handle, Database.word(kind), tenant);
          }
          long trash = count(handle, "trash", tenant);
          return new Counts(all - trash, trash);
        });
  }

  private static long count(Handle handle, String table, UUID tenant) {
    return handle
        .createQuery("select count(*) from " + table + " where tenant_id = :tenant")
        .bind("tenant", tenant.toString())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Optional<UUID> meeting(UUID tenant, String threadId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select meeting_key from meeting"
                        + " where tenant_id = :tenant and thread_id = :thread")
                .bind("tenant", tenant.toString())
                .bind("thread", threadId)
                .mapTo(String.class)
                .map(UUID::fromString)
                .findOne());
  }

  @Override
  public void tag(UUID tenant, UUID artifact, Set<String> tags, Precondition precondition) {
    database.write(
        handle -> {
          JdbcTrash.pass(handle, tenant);
          ArchiveItem item = JdbcTrash.known(handle, tenant, artifact, precondition);
          handle.execute("delete from artifact_tag where artifact_id = ?", artifact.toString());
          put(handle, artifact, tags);
          return handle.execute(
              "update "
                  + Database.word(item.kind())
                  + " set version = version + 1 where artifact_id = ?",
              artifact.toString());
        });
  }

  static void put(Handle handle, UUID artifact, Set<String> tags) {
    for (String tag : tags) {
      handle.execute(
          "insert into artifact_tag (artifact_id, tag) values (?, ?) on conflict do nothing",
          artifact.toString(),
          tag);
    }
  }
}
