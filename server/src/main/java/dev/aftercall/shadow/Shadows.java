package dev.aftercall.shadow;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps what a tenant's administrators think of, and what would have been different. */
public interface Shadows {
  /** The most differences that are kept of one tenant; further ones are only counted. */
  int MOST = 10_000;

  /**
   * What is tried.
   *
   * @param operations as JSON
   * @param since ticks
   * @param dropped decisions that differed and found no room in the list
   */
  record Shadow(String operations, long since, long dropped) {}

  /** What is tried in a tenant now. */
  Optional<Versioned<Shadow>> find(UUID tenant);

  /** What is tried anywhere. */
  Map<UUID, String> all();

  /**
   * Begins to try something, in place of what is tried and with no differences yet.
   *
   * @throws ChangeRefused when the precondition does not hold
   */
  Versioned<Shadow> put(UUID tenant, String operations, Precondition precondition, long now);

  /**
   * Ends it; its differences stay to be read until something else is tried.
   *
   * @throws ChangeRefused when nothing is tried, or the precondition does not hold
   */
  void end(UUID tenant, Precondition precondition);

  /** Adds up. */
  void add(Map<Difference, Long> counts, long now);

  /** Differences of a tenant in the order of {@link Difference#key}. */
  Page<Difference.Counted> differences(UUID tenant, Paging paging);
}
