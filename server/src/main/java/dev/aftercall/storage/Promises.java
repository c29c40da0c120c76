package dev.aftercall.storage;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the catalogue promises, in the order of tenant and artifact as text. */
public interface Promises {
  /** A place in that order. */
  record Place(UUID tenant, UUID artifact) {}

  /**
   * The next promises.
   *
   * @param after the place after which to go on; empty to begin
   * @param tenant the only one to look at; empty for all
   * @param limit the most to give; fewer only at the end
   */
  List<Promised> after(Optional<Place> after, Optional<UUID> tenant, int limit);

  /** The promise of one artifact, as it stands this moment. */
  Optional<Promised> find(UUID tenant, UUID artifact);

  /**
   * Whether somebody is at work on its bytes: a hand-over that is not acknowledged yet, or a purge
   * that has not come to its end.
   */
  boolean underWay(UUID tenant, UUID artifact);
}
