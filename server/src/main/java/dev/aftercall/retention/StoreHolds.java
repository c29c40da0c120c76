package dev.aftercall.retention;

import dev.aftercall.content.ContentKey;
import dev.aftercall.recording.Artifact;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tells an object store that can lock objects what our holds keep, so that neither its lifecycle
 * rules nor anybody with its keys removes it. What we purge ourselves is kept by the holds alone;
 * this is behind them by a minute, and does nothing where the store has no such thing.
 */
public final class StoreHolds {
  private static final int PAGE = 500;

  private final RetentionRun.Rooms rooms;

  /** Over these stores. */
  public StoreHolds(RetentionRun.Rooms rooms) {
    this.rooms = rooms;
  }

  /** Brings the store's holds in line with ours. */
  public void settle() throws IOException {
    for (UUID tenant : rooms.holds().tenants()) {
      List<Hold> standing = rooms.holds().all(tenant, false);
      lift(tenant, standing);
      if (!standing.isEmpty()) {
        put(tenant, standing);
      }
    }
  }

  private void put(UUID tenant, List<Hold> standing) throws IOException {
    for (Artifact.Kind kind : Artifact.Kind.values()) {
      Archive.Ask ask = Archive.Ask.all(kind).withParticipants();
      Optional<Archive.Position> after = Optional.empty();
      List<ArchiveItem> page = rooms.archive().page(tenant, ask, after, PAGE);
      while (!page.isEmpty()) {
        Set<UUID> locked =
            new HashSet<>(rooms.holds().locked(page.stream().map(ArchiveItem::artifact).toList()));
        for (ArchiveItem item : page) {
          boolean wanted =
              !locked.contains(item.artifact())
                  && standing.stream().anyMatch(hold -> hold.covers(item));
          if (wanted) {
            if (!rooms.contents().hold(item.contentKey(), true)) {
              return;
            }
            rooms.holds().noteLock(tenant, item.artifact(), true);
          }
        }
        after = Optional.of(Archive.Position.of(page.getLast()));
        page = rooms.archive().page(tenant, ask, after, PAGE);
      }
    }
  }

  private void lift(UUID tenant, List<Hold> standing) throws IOException {
    Optional<UUID> after = Optional.empty();
    List<UUID> page = rooms.holds().locked(tenant, after, PAGE);
    while (!page.isEmpty()) {
      for (UUID artifact : page) {
        Optional<ArchiveItem> item = rooms.archive().find(tenant, artifact);
        if (item.filter(it -> standing.stream().anyMatch(hold -> hold.covers(it))).isEmpty()) {
          rooms.contents().hold(new ContentKey(tenant, artifact), false);
          rooms.holds().noteLock(tenant, artifact, false);
        }
      }
      after = Optional.of(page.getLast());
      page = rooms.holds().locked(tenant, after, PAGE);
    }
  }
}
