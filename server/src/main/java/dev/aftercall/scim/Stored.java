package dev.aftercall.scim;

import java.util.List;
import java.util.UUID;

/**
 * A resource as it is kept.
 *
 * @param created ticks
 * @param modified ticks
 */
public record Stored<T>(UUID id, T value, long created, long modified, long version) {
  /**
   * A page of them.
   *
   * @param total how many there are altogether
   */
  public record Found<T>(long total, List<Stored<T>> items) {}
}
