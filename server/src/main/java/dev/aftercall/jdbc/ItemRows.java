package dev.aftercall.jdbc;

import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact.Kind;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Removal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads items of the archive with what rules and holds ask of them. */
final class ItemRows {
  private static final String SELECT =
      """
      select r.artifact_id, r.tenant_id, r.graph_id, r.meeting_key, r.organizer_id, r.call_id,
             r.content_correlation_id, r.created_ticks, r.ended_ticks, r.size_bytes, r.sha256,
             r.restored_ticks, r.version, m.meeting_type, m.graph_id as meeting_graph_id,
             m.deleted_ticks, t.removed_ticks, t.reason, t.removed_by, t.rule, t.phase
      """;

  private ItemRows() {}

  /**
   * The beginning of a statement about live items and those in the trash; {@code r} and {@code m}.
   */
  static String from(Kind kind) {
    return SELECT
        + " from "
        + Database.word(kind)
        + " r join meeting m on m.meeting_key = r.meeting_key"
        + " left join trash t on t.artifact_id = r.artifact_id";
  }

  /** The beginning of a statement about the trash, which the order is of. */
  static String fromTrash(Kind kind) {
    return SELECT
        + " from trash t join "
        + Database.word(kind)
        + " r on r.artifact_id = t.artifact_id join meeting m on m.meeting_key = r.meeting_key";
  }

  /** Items by their GUIDs, of whichever tenant, with their participants. */
  static List<ArchiveItem> of(Handle handle, Collection<UUID> artifacts) {
    List<ArchiveItem> items = new ArrayList<>();
    if (artifacts.isEmpty()) {
      return items;
    }
    for (Kind kind : Kind.values()) {
      items.addAll(
          handle
              .createQuery(from(kind) + " where r.artifact_id in (<ids>)")
              .bindList("ids", artifacts.stream().map(UUID::toString).toList())
              .map((row, context) -> item(row, kind))
              .list());
    }
    return with(handle, items, true);
  }

  static ArchiveItem item(ResultSet row, Kind kind) throws SQLException {
    MeetingType type = MeetingType.valueOf(row.getString("meeting_type").toUpperCase(Locale.ROOT));
    long restored = row.getLong("restored_ticks");
    boolean cameBack = !row.wasNull();
    row.getLong("deleted_ticks");
    boolean meetingDeleted = !row.wasNull();
    return new ArchiveItem(
        kind,
        UUID.fromString(row.getString("artifact_id")),
        UUID.fromString(row.getString("tenant_id")),
        row.getString("graph_id"),
        UUID.fromString(row.getString("meeting_key")),
        type == MeetingType.ADHOC
            ? Optional.empty()
            : Optional.of(row.getString("meeting_graph_id")),
        type,
        meetingDeleted,
        UUID.fromString(row.getString("organizer_id")),
        Set.of(),
        Set.of(),
        Set.of(),
        row.getString("call_id"),
        row.getString("content_correlation_id"),
        row.getLong("created_ticks"),
        row.getLong("ended_ticks"),
        row.getLong("size_bytes"),
        row.getString("sha256"),
        cameBack ? Optional.of(restored) : Optional.empty(),
        row.getLong("version"),
        row.getString("phase") == null ? Optional.empty() : Optional.of(removal(row)));
  }

  private static Removal removal(ResultSet row) throws SQLException {
    return new Removal(
        row.getLong("removed_ticks"),
        ChangeSequence.reason(row.getString("reason")),
        row.getString("removed_by"),
        row.getString("rule"),
        Removal.Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)));
  }

  /** The same items with tags and groups, and the participants where they are asked for. */
  static List<ArchiveItem> with(Handle handle, List<ArchiveItem> bare, boolean participants) {
    if (bare.isEmpty()) {
      return bare;
    }
    Map<UUID, Set<String>> tags = new HashMap<>();
    handle
        .createQuery("select artifact_id, tag from artifact_tag where artifact_id in (<ids>)")
        .bindList("ids", bare.stream().map(item -> item.artifact().toString()).toList())
        .map(
            (row, context) ->
                tags.computeIfAbsent(UUID.fromString(row.getString(1)), any -> new HashSet<>())
                    .add(row.getString(2)))
        .list();
    Map<UUID, Set<UUID>> groups = new HashMap<>();
    handle
        .createQuery(
            "select person_id, group_id from group_member"
                + " where tenant_id = :tenant and person_id in (<ids>)")
        .bind("tenant", bare.getFirst().tenant().toString())
        .bindList("ids", bare.stream().map(it -> it.organizer().toString()).distinct().toList())
        .map(
            (row, context) ->
                groups
                    .computeIfAbsent(UUID.fromString(row.getString(1)), any -> new HashSet<>())
                    .add(UUID.fromString(row.getString(2))))
        .list();
    Map<UUID, Set<UUID>> rosters = participants ? rosters(handle, bare) : Map.of();
    return bare.stream()
        .map(
            item ->
                filled(
                    item,
                    rosters.getOrDefault(item.meetingKey(), Set.of()),
                    groups.getOrDefault(item.organizer(), Set.of()),
                    tags.getOrDefault(item.artifact(), Set.of())))
        .toList();
  }

  private static Map<UUID, Set<UUID>> rosters(Handle handle, List<ArchiveItem> items) {
    Map<UUID, Set<UUID>> rosters = new HashMap<>();
    handle
        .createQuery("select meeting_key, person_id from participant where meeting_key in (<keys>)")
        .bindList("keys", items.stream().map(it -> it.meetingKey().toString()).distinct().toList())
        .map(
            (row, context) ->
                rosters
                    .computeIfAbsent(UUID.fromString(row.getString(1)), any -> new HashSet<>())
                    .add(UUID.fromString(row.getString(2))))
        .list();
    return rosters;
  }

  private static ArchiveItem filled(
      ArchiveItem item, Set<UUID> participants, Set<UUID> groups, Set<String> tags) {
    return new ArchiveItem(
        item.kind(),
        item.artifact(),
        item.tenant(),
        item.id(),
        item.meetingKey(),
        item.meetingId(),
        item.meetingType(),
        item.meetingDeleted(),
        item.organizer(),
        participants,
        groups,
        tags,
        item.callId(),
        item.contentCorrelationId(),
        item.created(),
        item.ended(),
        item.size(),
        item.sha256(),
        item.restored(),
        item.version(),
        item.removal());
  }
}
