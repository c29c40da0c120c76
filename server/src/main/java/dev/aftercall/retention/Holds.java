package dev.aftercall.retention;

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
   * Places a hold. From then on nothing it covers is purged but what {@link Placed#going} names.
   */
  Placing place(Hold hold);

  /** What became of a placing. */
  sealed interface Placing {}

  /**
   * It stands.
   *
   * @param going items that it would cover and whose purge had begun: they cannot be kept
   */
  record Placed(Hold hold, List<ArchiveItem> going) implements Placing {
    /** Copies the list. */
    public Placed {
      going = List.copyOf(going);
    }
  }

  /** Another hold stands under this name. */
  record NameTaken() implements Placing {}

  /** Changes the description. */
  Archive.Changed describe(UUID tenant, UUID id, String description, Optional<Long> ifVersion);

  /** Ends a hold; it stays known. */
  Archive.Changed release(UUID tenant, UUID id, Hold.Release release, Optional<Long> ifVersion);

  /** Objects whose hold at the object store is on. */
  List<UUID> locked(UUID tenant, Optional<UUID> after, int most);

  /** Of these, the ones whose hold at the object store is on. */
  List<UUID> locked(List<UUID> artifacts);

  /** Notes that an object's hold is on, or off again. */
  void noteLock(UUID tenant, UUID artifact, boolean on);
}
