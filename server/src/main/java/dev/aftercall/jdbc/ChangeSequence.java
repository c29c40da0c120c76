package dev.aftercall.jdbc;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Inventory.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The sequence of changes that delta tokens point into. Whoever adds or removes an artifact says so
 * here, in the same transaction and as its last act: from then on the transaction holds the
 * tenant's counter, so that of two transactions the one with the higher positions ends later. What
 * a reader sees of the sequence has therefore no gap that could be filled behind its back.
 */
public final class ChangeSequence {
  private ChangeSequence() {}

  /** A change that has no position yet. */
  public record Entry(
      Artifact.Kind kind,
      UUID artifact,
      UUID tenant,
      UUID meetingKey,
      UUID organizer,
      String heldIn,
      Optional<Removal> removal) {}

  /** What is told of an artifact that goes. */
  public record Removal(Reason reason, String id) {}

  /** An artifact came. */
  static Entry added(Meeting meeting, Artifact.Kind kind, UUID artifact) {
    return new Entry(
        kind,
        artifact,
        meeting.tenant(),
        meeting.key(),
        meeting.organizer(),
        HeldIn.of(meeting),
        Optional.empty());
  }

  /**
   * An artifact goes; to be made while its row is still there.
   *
   * @return empty when there is no such artifact
   */
  public static Optional<Entry> removed(
      Handle handle, Artifact.Kind kind, UUID artifact, Reason reason) {
    return handle
        .createQuery(
            "select tenant_id, meeting_key, organizer_id, held_in, graph_id from "
                + Database.word(kind)
                + " where artifact_id = :artifact")
        .bind("artifact", artifact.toString())
        .map(
            (row, context) ->
                new Entry(
                    kind,
                    artifact,
                    UUID.fromString(row.getString("tenant_id")),
                    UUID.fromString(row.getString("meeting_key")),
                    UUID.fromString(row.getString("organizer_id")),
                    row.getString("held_in"),
                    Optional.of(new Removal(reason, row.getString("graph_id")))))
        .findOne();
  }

  /**
   * Writes changes of one tenant, as the transaction's last act.
   *
   * @param at ticks
   */
  public static void append(Handle handle, List<Entry> entries, long at) {
    if (entries.isEmpty()) {
      return;
    }
    long last =
        handle
            .createQuery(
                """
                insert into change_counter (tenant_id, position) values (:tenant, :count)
                on conflict (tenant_id)
                do update set position = change_counter.position + :count
                returning position
                """)
            .bind("tenant", entries.getFirst().tenant().toString())
            .bind("count", (long) entries.size())
            .mapTo(Long.class)
            .one();
    long position = last - entries.size();
    for (Entry entry : entries) {
      handle.execute(
          """
          insert into artifact_change (tenant_id, position, kind, artifact_id, meeting_key,
              organizer_id, held_in, what, graph_id, at_ticks)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          values(entry, ++position, at));
    }
  }

  private static @Nullable Object[] values(Entry entry, long position, long at) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(entry.tenant().toString());
    values.add(position);
    values.add(Database.word(entry.kind()));
    values.add(entry.artifact().toString());
    values.add(entry.meetingKey().toString());
    values.add(entry.organizer().toString());
    values.add(entry.heldIn());
    values.add(entry.removal().map(removal -> Database.word(removal.reason())).orElse(ADDED));
    values.add(entry.removal().map(Removal::id).orElse(null));
    values.add(at);
    return values.toArray();
  }

  static final String ADDED = "added";

  static Reason reason(String what) {
    return Reason.valueOf(what.toUpperCase(Locale.ROOT));
  }
}
