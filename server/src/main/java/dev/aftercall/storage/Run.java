package dev.aftercall.storage;

import java.util.Optional;
import java.util.UUID;

/**
 * One walk through catalogue and store.
 *
 * @param started ticks
 * @param ended ticks; empty while it is not over
 * @param position how far it has come
 * @param reason why it failed; empty otherwise
 */
public record Run(
    UUID id,
    Plan plan,
    State state,
    long started,
    Optional<Long> ended,
    Position position,
    String reason) {
  /**
   * What is wanted.
   *
   * @param tenant the only one to look at; empty for everything
   * @param quarantine whether orphans are set aside
   */
  public record Plan(Origin origin, Optional<UUID> tenant, Hashing hashing, boolean quarantine) {}

  /** Who wanted it. */
  public enum Origin {
    /** The server's own plan. */
    SCHEDULE,
    /** An administrator by the admin API. */
    API,
    /** The command line; only that goes on with it. */
    COMMAND
  }

  /** Where it stands. */
  public enum State {
    /** Nobody has begun. */
    WAITING,
    /** Somebody is at it, or died at it. */
    RUNNING,
    /** It was stopped and can go on. */
    STOPPED,
    /** It came to its end. */
    DONE,
    /** It could not go on. */
    FAILED
  }

  /** The paths last compared, one on either side; empty before the first. */
  public record Position(String promised, String stored) {
    /** Before everything. */
    public static final Position START = new Position("", "");
  }

  Run at(Position reached) {
    return new Run(id, plan, state, started, ended, reached, reason);
  }
}
