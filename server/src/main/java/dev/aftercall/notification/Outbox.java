package dev.aftercall.notification;

import java.util.List;

/**
 * What is still to be told. It holds what was committed with the recordings themselves, so nothing
 * that became visible is missing; several nodes may work on it at one time.
 */
public interface Outbox {
  /** Whether a {@link #turn} would find anything to do; costs no lock. */
  boolean anything(long now);

  /**
   * Takes down what became of attempts, turns new changes into notifications, and leases lanes that
   * are due. All of it or, when this throws, nothing: the same settlements may be brought again.
   *
   * @param healthy lease so many lanes whose last attempt went well
   * @param suspect and so many of the others
   * @param lease names the holder
   */
  List<Lane> turn(List<Settlement> settled, int healthy, int suspect, String lease, long now);

  /** What waits in a lane, the oldest first, without what waits for its owner to authorize. */
  List<Waiting> waiting(Lane lane, int most, long now);

  /** Forgets leases of a process that is no more, where none but this one can be. */
  void begin(long now);

  /** Forgets what nobody will ask for again. */
  void tidy(long now);
}
