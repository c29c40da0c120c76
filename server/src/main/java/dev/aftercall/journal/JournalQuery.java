package dev.aftercall.journal;

import java.util.Optional;
import java.util.UUID;

/**
 * What is wanted of a tenant's journal, newest first.
 *
 * @param from ticks, included
 * @param to ticks, excluded
 * @param target the artifact, or whatever else was asked for
 * @param after where the page before ended
 */
public record JournalQuery(
    UUID tenant,
    Optional<Long> from,
    Optional<Long> to,
    Optional<String> caller,
    Optional<String> app,
    Optional<String> target,
    Optional<Boolean> allowed,
    Optional<Position> after,
    int most) {
  /** An entry's place in the order of time. */
  public record Position(long at, long sequence) {}

  /** Everything of a tenant. */
  public static JournalQuery of(UUID tenant, int most) {
    return new JournalQuery(
        tenant,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        most);
  }

  /** The page behind that position. */
  public JournalQuery behind(Position position) {
    return new JournalQuery(
        tenant, from, to, caller, app, target, allowed, Optional.of(position), most);
  }
}
