package dev.aftercall.scim;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A resource as it is kept.
 *
 * @param created ticks
 * @param modified ticks
 */
public record Stored<T>(UUID id, T value, long created, long modified, long version) {
  /**
   * Holds a change to the version its sender knew.
   *
   * @param wanted empty for any
   * @param what it is, in words for the client
   * @throws ScimException 412 when it is another by now
   */
  public void check(OptionalLong wanted, String what) {
    if (wanted.isPresent() && wanted.getAsLong() != version) {
      throw new ScimException(
          412, "", "Somebody else changed the " + what + " meanwhile; get it anew.");
    }
  }

  /**
   * A page of them.
   *
   * @param total how many there are altogether
   */
  public record Found<T>(long total, List<Stored<T>> items) {}
}
