package dev.aftercall.retention;

import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last phase: intend, remove the bytes, forget with a certificate. Dying at any instant leaves
 * an intent, from which the next run goes on; each step may be taken again.
 */
final class Purge {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
  private static final int BATCH = 100;

  private final Trash trash;
  private final Holds holds;
  private final ContentStore contents;
  private final Certificates certificates;
  private final Ids ids;
  private final InstantSource clock;

  /** What became of items. */
  record Done(long items, long bytes, long failed) {
    static final Done NOTHING = new Done(0, 0, 0);

    Done and(Done other) {
      return new Done(items + other.items, bytes + other.bytes, failed + other.failed);
    }
  }

  Purge(
      Trash trash,
      Holds holds,
      ContentStore contents,
      Certificates certificates,
      Ids ids,
      InstantSource clock) {
    this.trash = trash;
    this.holds = holds;
    this.contents = contents;
    this.certificates = certificates;
    this.ids = ids;
    this.clock = clock;
  }

  /** Goes on with what was begun; what cannot be removed now stays for the next time. */
  Done resume() {
    Done done = Done.NOTHING;
    Optional<UUID> after = Optional.empty();
    List<ArchiveItem> batch = trash.purging(after, BATCH);
    while (!batch.isEmpty()) {
      for (ArchiveItem item : batch) {
        done = done.and(finish(item));
      }
      after = Optional.of(batch.getLast().artifact());
      batch = trash.purging(after, BATCH);
    }
    return done;
  }

  /** Purges what came into the trash before that time and no hold covers, {@code most} at most. */
  Done purge(UUID tenant, long before, long most) {
    Done done = Done.NOTHING;
    Optional<Trash.Position> after = Optional.empty();
    long left = most;
    while (left > 0) {
      List<ArchiveItem> due = trash.page(tenant, before, after, (int) Math.min(BATCH, left));
      if (due.isEmpty()) {
        return done;
      }
      after = Optional.of(Trash.Position.of(due.getLast()));
      List<UUID> artifacts = due.stream().map(ArchiveItem::artifact).toList();
      List<ArchiveItem> going = trash.intend(tenant, artifacts, before, Ticks.of(clock.instant()));
      left -= going.size();
      for (ArchiveItem item : going) {
        done = done.and(finish(item));
      }
    }
    return done;
  }

  private Done finish(ArchiveItem item) {
    try {
      if (!holds.locked(List.of(item.artifact())).isEmpty()) {
        contents.hold(item.contentKey(), false);
      }
      for (UUID picture : trash.beside(item)) {
        contents.delete(new ContentKey(item.tenant(), picture));
      }
      contents.delete(item.contentKey());
    } catch (IOException | RuntimeException e) {
      LOG.error(
          "The bytes of {} {} could not be removed; tried again at the next run",
          item.kind(),
          item.artifact(),
          e);
      return new Done(0, 0, 1);
    }
    Disposal disposal = certificates.certify(ids.guid(), item, Ticks.of(clock.instant()));
    return trash.dispose(item, disposal) ? new Done(1, item.size(), 0) : Done.NOTHING;
  }
}
