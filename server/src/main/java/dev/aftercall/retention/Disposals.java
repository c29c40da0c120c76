package dev.aftercall.retention;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is left of items that are gone. */
public interface Disposals {
  /** Finds a disposal by its own id. */
  Optional<Disposal> find(UUID tenant, UUID id);

  /** Newest first. */
  List<Disposal> page(UUID tenant, Optional<Position> after, int most);

  /** Where a page ended. */
  record Position(long at, UUID id) {}
}
