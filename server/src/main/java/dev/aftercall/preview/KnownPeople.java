package dev.aftercall.preview;

import java.util.Set;
import java.util.UUID;

/** Whose path there is something to read on. */
@FunctionalInterface
public interface KnownPeople {
  /** Everybody in the tenant who organized something that was recorded. */
  Set<UUID> organizers(UUID tenant);
}
