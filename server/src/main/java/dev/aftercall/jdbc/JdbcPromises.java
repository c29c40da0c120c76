package dev.aftercall.jdbc;

import dev.aftercall.storage.Promised;
import dev.aftercall.storage.Promises;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What recordings, transcripts and pictures promise, read from the beginning of an index each. */
public final class JdbcPromises implements Promises {
  private static final List<String> TABLES = List.of("recording", "transcript", "picture");

  static final String NEXT_TENANT =
      "select tenant_id from <table> where (tenant_id || '') > :tenant"
          + " order by (tenant_id || '') limit 1";

  static final String AFTER =
      "select artifact_id, size_bytes, sha256 from <table>"
          + " where (tenant_id || '') = :tenant and artifact_id > :after order by artifact_id"
          + " limit :limit";

  static final String FIND =
      "select artifact_id, size_bytes, sha256 from <table>"
          + " where artifact_id = :artifact and tenant_id = :tenant";

  static final String UNDER_WAY =
      "select count(*) from upload where artifact_id = :artifact and state in"
          + " ('receiving', 'keeping')";

  /** Of what is being purged the bytes go before the row, and what was drawn of it before those. */
  static final String PURGING =
      "select count(*) from trash where phase = 'purging' and artifact_id in (:artifact,"
          + " (select recording_id from picture where artifact_id = :artifact))";

  static final String DRAWING = "select count(*) from drawing where artifact_id = :artifact";

  static final String KEEPING = "select artifact_id from upload where state = 'keeping'";

  private final Database database;
  private final Derived derived;

  /** Artifacts that a hand-over makes beside its own, which no row of an upload names. */
  @FunctionalInterface
  public interface Derived {
    /** The transcript that comes with a recording. */
    UUID of(UUID artifact);
  }

  /** Reads that database. */
  public JdbcPromises(Database database, Derived derived) {
    this.database = database;
    this.derived = derived;
  }

  @Override
  public List<Promised> after(Optional<Place> after, Optional<UUID> only, int limit) {
    return database.read(
        handle -> {
          List<Promised> found = new ArrayList<>();
          Optional<UUID> tenant =
              after.map(Place::tenant).or(() -> only).or(() -> next(handle, ""));
          String from = after.map(place -> place.artifact().toString()).orElse("");
          while (tenant.isPresent() && found.size() < limit) {
            found.addAll(of(handle, tenant.get(), from, limit - found.size()));
            from = "";
            String last = tenant.get().toString();
            tenant = only.isPresent() ? Optional.empty() : next(handle, last);
          }
          return found;
        });
  }

  /** Each table has the order; together they have it too. */
  private static List<Promised> of(Handle handle, UUID tenant, String from, int limit) {
    return TABLES.stream()
        .flatMap(
            table ->
                handle
                    .createQuery(AFTER.replace("<table>", table))
                    .bind("tenant", tenant.toString())
                    .bind("after", from)
                    .bind("limit", limit)
                    .map((row, context) -> promised(tenant, row))
                    .list()
                    .stream())
        .sorted(Comparator.comparing(each -> each.artifact().toString()))
        .limit(limit)
        .toList();
  }

  private static Promised promised(UUID tenant, ResultSet row) throws SQLException {
    return new Promised(
        tenant, UUID.fromString(row.getString(1)), row.getLong(2), row.getString(3));
  }

  private static Optional<UUID> next(Handle handle, String tenant) {
    return TABLES.stream()
        .flatMap(
            table ->
                handle
                    .createQuery(NEXT_TENANT.replace("<table>", table))
                    .bind("tenant", tenant)
                    .mapTo(String.class)
                    .findOne()
                    .stream())
        .min(Comparator.naturalOrder())
        .map(UUID::fromString);
  }

  @Override
  public Optional<Promised> find(UUID tenant, UUID artifact) {
    return database.read(
        handle ->
            TABLES.stream().flatMap(table -> find(handle, table, tenant, artifact)).findFirst());
  }

  private static Stream<Promised> find(Handle handle, String table, UUID tenant, UUID artifact) {
    return handle
        .createQuery(FIND.replace("<table>", table))
        .bind("artifact", artifact.toString())
        .bind("tenant", tenant.toString())
        .map((row, context) -> promised(tenant, row))
        .list()
        .stream();
  }

  @Override
  public boolean underWay(UUID tenant, UUID artifact) {
    return database.read(
        handle ->
            counted(handle, UNDER_WAY, artifact)
                || counted(handle, PURGING, artifact)
                || counted(handle, DRAWING, artifact)
                || handle.createQuery(KEEPING).mapTo(String.class).list().stream()
                    .map(UUID::fromString)
                    .anyMatch(keeping -> derived.of(keeping).equals(artifact)));
  }

  private static boolean counted(Handle handle, String count, UUID artifact) {
    return handle
            .createQuery(count)
            .bind("artifact", artifact.toString())
            .mapTo(Integer.class)
            .one()
        > 0;
  }
}
