package dev.aftercall.jdbc;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.journal.Written;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact.Kind;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Disposal;
import dev.aftercall.retention.Hold;
import dev.aftercall.retention.Removal;
import dev.aftercall.retention.Trash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The trash in SQL. */
public final class JdbcTrash implements Trash {
  static final String PAGE =
      " where t.tenant_id = :tenant and t.phase = 'kept' and t.removed_ticks <= :before"
          + " and (t.removed_ticks, t.artifact_id) > (:removed, :artifact)"
          + " order by t.removed_ticks, t.artifact_id limit :most";

  static final String PURGING =
      "select artifact_id from trash where phase = 'purging' and artifact_id > :after"
          + " order by artifact_id limit :most";

  private final Database database;

  /** Over that database. */
  public JdbcTrash(Database database) {
    this.database = database;
  }

  /** Whoever is behind this is alone with the tenant's trash and holds until it commits. */
  static void pass(Handle handle, UUID tenant) {
    handle.execute(
        "insert into retention_gate (tenant_id, passed) values (?, 1)"
            + " on conflict (tenant_id) do update set passed = retention_gate.passed + 1",
        tenant.toString());
  }

  @Override
  public int remove(UUID tenant, Map<UUID, Removal> items) {
    return database.write(
        handle -> {
          pass(handle, tenant);
          List<ArchiveItem> known = ours(handle, tenant, items.keySet());
          return remove(handle, known, items, moved -> {});
        });
  }

  @Override
  public int remove(UUID tenant, Map<UUID, Removal> items, Function<UUID, Written> entry) {
    return database.write(
        handle -> {
          pass(handle, tenant);
          List<ArchiveItem> known = ours(handle, tenant, items.keySet());
          return remove(
              handle,
              known,
              items,
              moved -> JdbcJournalStore.append(handle, tenant, moved.stream().map(entry).toList()));
        });
  }

  @Override
  public void remove(UUID tenant, UUID artifact, Removal removal, Precondition precondition) {
    database.write(
        handle -> {
          pass(handle, tenant);
          ArchiveItem item = known(handle, tenant, artifact, precondition);
          if (item.removal().isPresent()) {
            throw ChangeRefused.notFound(
                "It lies in the trash already.",
                "See /admin/v1/trash, or: aftercall recording list" + " --state trash.");
          }
          return remove(handle, List.of(item), Map.of(artifact, removal), moved -> {});
        });
  }

  /** An item of the tenant that stands as is believed, its meeting locked. */
  static ArchiveItem known(Handle handle, UUID tenant, UUID artifact, Precondition precondition) {
    ArchiveItem item =
        ours(handle, tenant, List.of(artifact)).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    ChangeRefused.notFound(
                        "There is no recording or transcript with this id.",
                        "Look it up at /admin/v1/recordings; what was purged has a certificate at"
                            + " /admin/v1/disposals."));
    precondition.check(OptionalLong.of(item.version()));
    return item;
  }

  /**
   * Items of the tenant, their meetings locked: whoever deletes one of these waits, or was first.
   */
  private static List<ArchiveItem> ours(Handle handle, UUID tenant, Collection<UUID> artifacts) {
    ItemRows.of(handle, artifacts).stream()
        .filter(item -> item.tenant().equals(tenant))
        .map(item -> item.meetingKey().toString())
        .distinct()
        .sorted()
        .forEach(
            key ->
                handle.execute(
                    "update meeting set expiry_ticks = expiry_ticks where meeting_key = ?", key));
    return ItemRows.of(handle, artifacts).stream()
        .filter(item -> item.tenant().equals(tenant))
        .toList();
  }

  private static int remove(
      Handle handle,
      List<ArchiveItem> known,
      Map<UUID, Removal> items,
      Consumer<List<UUID>> journal) {
    List<ChangeSequence.Entry> gone = new ArrayList<>();
    List<UUID> moved = new ArrayList<>();
    long at = 0;
    for (ArchiveItem item : known) {
      if (item.removal().isPresent()) {
        continue;
      }
      Removal removal = Objects.requireNonNull(items.get(item.artifact()));
      at = removal.at();
      if (!item.meetingDeleted()) {
        ChangeSequence.removed(handle, item.kind(), item.artifact(), removal.reason())
            .ifPresent(gone::add);
      }
      handle.execute(
          "update "
              + Database.word(item.kind())
              + " set removed = 1, held_in = ?, version = version + 1 where artifact_id = ?",
          HeldIn.TRASH,
          item.artifact().toString());
      insert(handle, item, removal);
      handle.execute(
          "delete from retention_warning where artifact_id = ?", item.artifact().toString());
      moved.add(item.artifact());
    }
    journal.accept(moved);
    ChangeSequence.append(handle, gone, at);
    return moved.size();
  }

  private static void insert(Handle handle, ArchiveItem item, Removal removal) {
    handle.execute(
        "insert into trash (artifact_id, kind, tenant_id, removed_ticks, reason, removed_by, rule,"
            + " phase) values (?, ?, ?, ?, ?, ?, ?, 'kept')",
        item.artifact().toString(),
        Database.word(item.kind()),
        item.tenant().toString(),
        removal.at(),
        Database.word(removal.reason()),
        removal.by(),
        removal.rule());
  }

  @Override
  public void restore(UUID tenant, UUID artifact, Precondition precondition, long at) {
    database.write(
        handle -> {
          pass(handle, tenant);
          ArchiveItem item = known(handle, tenant, artifact, precondition);
          Removal removal =
              item.removal()
                  .orElseThrow(
                      () ->
                          ChangeRefused.notFound(
                              "It does not lie in the trash.", "There is nothing to restore."));
          if (!canComeBack(removal)) {
            throw new ChangeRefused(
                ChangeRefused.Reason.CONFLICT,
                "Its purge has begun: the bytes are going or gone.",
                "It cannot come back; its certificate will be at /admin/v1/disposals.");
          }
          String heldIn = heldIn(handle, item);
          handle.execute(
              "update "
                  + Database.word(item.kind())
                  + " set removed = 0, held_in = ?, restored_ticks = ?, version = version + 1"
                  + " where artifact_id = ?",
              heldIn,
              at,
              artifact.toString());
          int restored =
              handle.execute("delete from trash where artifact_id = ?", artifact.toString());
          if (!item.meetingDeleted()) {
            ChangeSequence.append(handle, List.of(addition(item, heldIn)), at);
          }
          return restored;
        });
  }

  private static boolean canComeBack(Removal removal) {
    return removal.phase() == Removal.Phase.KEPT;
  }

  private static String heldIn(Handle handle, ArchiveItem item) {
    if (item.meetingDeleted()) {
      return HeldIn.DELETED;
    }
    if (item.meetingType() == MeetingType.ADHOC) {
      return HeldIn.CALL;
    }
    boolean channel =
        handle
                .createQuery("select channel from meeting where meeting_key = :key")
                .bind("key", item.meetingKey().toString())
                .mapTo(Integer.class)
                .one()
            != 0;
    return channel ? HeldIn.CHANNEL : HeldIn.MEETING;
  }

  private static ChangeSequence.Entry addition(ArchiveItem item, String heldIn) {
    return new ChangeSequence.Entry(
        item.kind(),
        item.artifact(),
        item.tenant(),
        item.meetingKey(),
        item.organizer(),
        heldIn,
        Optional.empty());
  }

  @Override
  public List<ArchiveItem> page(UUID tenant, long before, Optional<Position> after, int most) {
    return database.read(
        handle -> {
          List<ArchiveItem> items =
              Stream.of(Kind.values())
                  .flatMap(kind -> page(handle, kind, tenant, before, after, most).stream())
                  .sorted(
                      Comparator.comparingLong(
                              (ArchiveItem item) -> item.removal().orElseThrow().at())
                          .thenComparing(item -> item.artifact().toString()))
                  .limit(most)
                  .toList();
          return ItemRows.with(handle, items, true);
        });
  }

  private static List<ArchiveItem> page(
      Handle handle, Kind kind, UUID tenant, long before, Optional<Position> after, int most) {
    return handle
        .createQuery(ItemRows.fromTrash(kind) + PAGE)
        .bind("tenant", tenant.toString())
        .bind("before", before)
        .bind("removed", after.map(Position::removed).orElse(Long.MIN_VALUE))
        .bind("artifact", after.map(it -> it.artifact().toString()).orElse(""))
        .bind("most", most)
        .map((row, context) -> ItemRows.item(row, kind))
        .list();
  }

  @Override
  public List<ArchiveItem> intend(UUID tenant, List<UUID> artifacts, long before, long at) {
    return database.write(
        handle -> {
          pass(handle, tenant);
          List<Hold> standing = JdbcHolds.standing(handle, tenant);
          List<ArchiveItem> going = new ArrayList<>();
          for (ArchiveItem item : ItemRows.of(handle, artifacts)) {
            boolean due =
                item.tenant().equals(tenant)
                    && item.removal()
                        .filter(it -> canComeBack(it) && it.at() <= before)
                        .isPresent();
            if (due && standing.stream().noneMatch(hold -> hold.covers(item))) {
              handle.execute(
                  "update trash set phase = 'purging', purge_ticks = ? where artifact_id = ?",
                  at,
                  item.artifact().toString());
              going.add(item);
            }
          }
          return going;
        });
  }

  @Override
  public List<ArchiveItem> purging(Optional<UUID> after, int most) {
    return database.read(handle -> purging(handle, after, most));
  }

  private static List<ArchiveItem> purging(Handle handle, Optional<UUID> after, int most) {
    List<UUID> artifacts =
        handle
            .createQuery(PURGING)
            .bind("after", after.map(UUID::toString).orElse(""))
            .bind("most", most)
            .mapTo(String.class)
            .map(UUID::fromString)
            .list();
    // Of several tenants, whose groups are not asked for here.
    return ItemRows.of(handle, artifacts).stream()
        .sorted(Comparator.comparing(item -> item.artifact().toString()))
        .toList();
  }

  @Override
  public List<UUID> beside(ArchiveItem item) {
    return database.read(handle -> JdbcPictures.beside(handle, item.artifact()));
  }

  @Override
  public boolean dispose(ArchiveItem item, Disposal disposal) {
    return database.write(
        handle -> {
          String artifact = item.artifact().toString();
          boolean ours =
              handle.execute(
                      "delete from trash where artifact_id = ? and phase = 'purging'", artifact)
                  == 1;
          if (!ours) {
            return false;
          }
          handle.execute(
              "delete from " + Database.word(item.kind()) + " where artifact_id = ?", artifact);
          // Not what is just being drawn: who draws it removes it, or Drawer.sweep.
          handle.execute("delete from picture where recording_id = ?", artifact);
          handle.execute("delete from artifact_tag where artifact_id = ?", artifact);
          handle.execute("delete from retention_warning where artifact_id = ?", artifact);
          handle.execute("delete from object_lock where artifact_id = ?", artifact);
          // What the recorder said of it; its receipt stays and answers a repeated hand-over.
          handle.execute("update upload set request = '{}' where artifact_id = ?", artifact);
          ArrivalRows.forget(handle, artifact);
          handle.execute(
              "insert into disposal (disposal_id, tenant_id, artifact_id, disposed_ticks,"
                  + " certificate) values (?, ?, ?, ?, ?)",
              disposal.id().toString(),
              disposal.tenant().toString(),
              artifact,
              disposal.at(),
              disposal.certificate());
          return true;
        });
  }
}
