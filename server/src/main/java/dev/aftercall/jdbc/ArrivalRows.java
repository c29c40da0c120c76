package dev.aftercall.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Arrivals as rows. */
final class ArrivalRows {
  /** Members that an older version wrote are passed over, so that a version back can still read. */
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private ArrivalRows() {}

  /** All columns of an arrival. */
  static Update bind(Update update, Arrival arrival) {
    Announcement said = arrival.announcement();
    return update
        .bind("id", arrival.id().toString())
        .bind("tenant", arrival.tenant().toString())
        .bind("source", arrival.source())
        .bind("sourceId", said.sourceId())
        .bind("recorder", arrival.recorder())
        .bind("room", said.occasion().room())
        .bind("meeting", said.occasion().meeting())
        .bind("start", said.occasion().start())
        .bind("end", said.occasion().end())
        .bind("announcement", json(said))
        .bind("envelope", arrival.envelope())
        .bind("credential", arrival.credential().orElse(null))
        .bind("state", Database.word(arrival.state()))
        .bind("reason", arrival.reason())
        .bind("upload", arrival.uploadId().orElse(null))
        .bind("rule", arrival.rule())
        .bind("sha256", arrival.facts().map(Arrival.Facts::sha256).orElse(null))
        .bind("size", arrival.facts().map(Arrival.Facts::size).orElse(null))
        .bind("artifact", arrival.artifact().map(UUID::toString).orElse(null))
        .bind("same", arrival.sameAs().map(UUID::toString).orElse(null))
        .bind("mended", arrival.mended())
        .bind("validator", arrival.validator().orElse(null))
        .bind("attempts", arrival.attempts())
        .bind("due", arrival.due())
        .bind("announced", arrival.announced())
        .bind("changed", arrival.changed())
        .bind("version", arrival.version());
  }

  private static String json(Announcement said) {
    try {
      return JSON.writeValueAsString(said);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of ours cannot be written.", e);
    }
  }

  static State state(String word) {
    return State.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static Arrival arrival(ResultSet row) throws SQLException {
    String sha256 = row.getString("sha256");
    return new Arrival(
        UUID.fromString(row.getString("arrival_id")),
        UUID.fromString(row.getString("tenant_id")),
        row.getString("source"),
        row.getString("recorder"),
        announcement(row.getString("announcement")),
        row.getString("envelope"),
        Optional.ofNullable(row.getString("credential")),
        state(row.getString("state")),
        row.getString("reason"),
        Optional.ofNullable(row.getString("upload_id")),
        row.getString("rule"),
        sha256 == null
            ? Optional.empty()
            : Optional.of(new Arrival.Facts(sha256, row.getLong("size_bytes"))),
        guid(row.getString("artifact_id")),
        guid(row.getString("same_as")),
        row.getString("mended"),
        Optional.ofNullable(row.getString("validator")),
        row.getInt("attempts"),
        row.getLong("due_ticks"),
        row.getLong("announced_ticks"),
        row.getLong("changed_ticks"),
        row.getLong("version"));
  }

  static List<Arrival> takenBack(Handle handle, String source, long before, int most) {
    return handle
        .createQuery(
            "select * from arrival where source = :source and state = 'rejected' and rule = :rule"
                + " and upload_id is not null and changed_ticks < :before limit :most")
        .bind("source", source)
        .bind("rule", Arrival.TAKEN_BACK)
        .bind("before", before)
        .bind("most", most)
        .map((row, context) -> arrival(row))
        .list();
  }

  private static Optional<UUID> guid(@Nullable String text) {
    return Optional.ofNullable(text).map(UUID::fromString);
  }

  /** What is left of arrivals whose artifact was purged: enough to know the file again. */
  static void forget(Handle handle, String artifact) {
    List<Arrival> arrivals =
        handle
            .createQuery("select * from arrival where artifact_id = :artifact")
            .bind("artifact", artifact)
            .map((row, context) -> arrival(row))
            .list();
    for (Arrival arrival : arrivals) {
      Announcement said = arrival.announcement();
      Announcement left =
          new Announcement(
              said.sourceId(),
              said.kind(),
              new Announcement.Occasion(null, "", null, null),
              new Announcement.File("", null, null, null, null, false),
              null);
      handle.execute(
          "update arrival set envelope = '', announcement = ?, room = '', meeting = null,"
              + " start_ticks = null, end_ticks = null, version = version + 1"
              + " where arrival_id = ?",
          json(left),
          arrival.id().toString());
    }
  }

  private static Announcement announcement(String json) {
    try {
      return JSON.readValue(json, Announcement.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The catalogue holds an arrival that cannot be read.", e);
    }
  }
}
