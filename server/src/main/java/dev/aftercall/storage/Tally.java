package dev.aftercall.storage;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Counts since the last save. */
public final class Tally {
  private final Map<Optional<UUID>, Map<Count, Long>> counts = new HashMap<>();

  void add(Optional<UUID> tenant, Count count, long more) {
    counts.computeIfAbsent(tenant, any -> new EnumMap<>(Count.class)).merge(count, more, Long::sum);
  }

  /** What was counted, by tenant; empty for what tells none. */
  public Map<Optional<UUID>, Map<Count, Long>> counts() {
    return Map.copyOf(counts);
  }
}
