package dev.aftercall.retention;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps legal holds. Every method is one durable transaction. */
public interface Holds {
  /** All of a tenant, newest first; the released ones too when wanted. */
  List<Hold> all(UUID tenant, boolean released);

  /** Finds a hold, released or not. */
  Optional<Hold> find(UUID tenant, UUID id);

  /**
   * Places a hold. From then on nothing it covers is purged but what is answered.
   *
   * @return items that it would cover and whose purge had begun: they cannot be kept
   * @throws ChangeRefused when another hold stands under this name
   */
  List<ArchiveItem> place(Hold hold);

  /**
   * Ends a hold; it stays known.
   *
   * @throws ChangeRefused when no such hold stands, or it stands otherwise
   */
  void release(UUID tenant, UUID id, Hold.Release release, Precondition precondition);

  /** Those in which a hold stands, or an object's hold at the object store is on. */
  List<UUID> tenants();

  /** Objects whose hold at the object store is on. */
  List<UUID> locked(UUID tenant, Optional<UUID> after, int most);

  /** Of these, the ones whose hold at the object store is on. */
  List<UUID> locked(List<UUID> artifacts);

  /** Notes that an object's hold is on, or off again. */
  void noteLock(UUID tenant, UUID artifact, boolean on);
}
