package dev.aftercall.retention;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.journal.Written;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The way out of the archive, and the way back. Every method is one durable transaction. */
public interface Trash {
  /**
   * Hides live items from everybody but administrators; deltas tell it.
   *
   * @param items by their GUIDs, with how each is removed; at most a few hundred
   * @return how many were live and are not any more
   */
  int remove(UUID tenant, Map<UUID, Removal> items);

  /**
   * The same, and the journal has an entry of each item that this moved: both or neither.
   *
   * @param entry what the journal is told of an item
   * @throws RuntimeException when the journal refuses; nothing is moved then
   */
  int remove(UUID tenant, Map<UUID, Removal> items, Function<UUID, Written> entry);

  /**
   * Hides one item.
   *
   * @throws ChangeRefused when there is no such live item, or it stands otherwise
   */
  void remove(UUID tenant, UUID artifact, Removal removal, Precondition precondition);

  /**
   * Brings one item back; deltas tell it as an addition.
   *
   * @param at ticks
   * @throws ChangeRefused when it is not in the trash, or its purge has begun, or it stands
   *     otherwise
   */
  void restore(UUID tenant, UUID artifact, Precondition precondition, long at);

  /**
   * What lies in the trash and can come back, in the order in which it came there.
   *
   * @param before ticks; what came there then or before
   */
  List<ArchiveItem> page(UUID tenant, long before, Optional<Position> after, int most);

  /** Where a page ended. */
  record Position(long removed, UUID artifact) {
    /** Behind an item. */
    public static Position of(ArchiveItem item) {
      return new Position(item.removal().orElseThrow().at(), item.artifact());
    }
  }

  /**
   * Intends to purge those of the items that are still in the trash since {@code before} and that
   * no hold covers. From then on they cannot come back.
   *
   * @param at ticks
   */
  List<ArchiveItem> intend(UUID tenant, List<UUID> artifacts, long before, long at);

  /** Items whose purge was begun, by this process or one that died; at most so many. */
  List<ArchiveItem> purging(Optional<UUID> after, int most);

  /** GUIDs under which what was drawn of an item is kept. */
  List<UUID> beside(ArchiveItem item);

  /**
   * Forgets an item whose bytes are gone, and keeps the certificate.
   *
   * @return false, and nothing changed, when another did it
   */
  boolean dispose(ArchiveItem item, Disposal disposal);
}
