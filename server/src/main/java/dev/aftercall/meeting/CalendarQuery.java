package dev.aftercall.meeting;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which meetings of a person's calendar are wanted.
 *
 * @param person organizer or invited
 * @param bounds all of them hold
 * @param subject when present, exactly that
 * @param threadId when present, that meeting alone
 * @param after when present, only what comes behind
 * @param limit at most so many
 */
public record CalendarQuery(
    UUID tenant,
    UUID person,
    List<Bound> bounds,
    Optional<String> subject,
    Optional<String> threadId,
    Optional<Position> after,
    int limit) {
  /** Copies the bounds. */
  public CalendarQuery {
    bounds = List.copyOf(bounds);
  }

  /** A limit to the start or the end of a meeting. */
  public record Bound(Edge edge, Relation relation, long ticks) {}

  /** One of a meeting's two instants. */
  public enum Edge {
    /** When it begins. */
    START,
    /** When it is over. */
    END
  }

  /** How an instant stands to a bound. */
  public enum Relation {
    /** The same instant. */
    AT,
    /** Earlier. */
    BEFORE,
    /** Not later. */
    UP_TO,
    /** Later. */
    AFTER,
    /** Not earlier. */
    FROM
  }

  /** A place in the order by start and key. */
  public record Position(long start, UUID key) {}
}
