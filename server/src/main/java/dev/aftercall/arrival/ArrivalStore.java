package dev.aftercall.arrival;

import dev.aftercall.query.Paging;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps arrivals. Every method is one durable transaction. */
public interface ArrivalStore {
  /**
   * Keeps a new arrival, unless the source announced the file before.
   *
   * @return the one that stands, new or old
   */
  Arrival announce(Arrival arrival);

  /** How many files of a source wait to be fetched a first time, counted no further than that. */
  int untried(String source, int most);

  /** Finds an arrival. */
  Optional<Arrival> find(UUID id);

  /** Finds an arrival by what its source calls it. */
  Optional<Arrival> bySource(UUID tenant, String source, String sourceId);

  /** Finds an arrival by the upload that brings its bytes. */
  Optional<Arrival> byUpload(String uploadId);

  /**
   * Writes a step down.
   *
   * @param next made from the arrival as it was read
   * @return false, and nothing changed, when somebody else was quicker
   */
  boolean change(Arrival next);

  /**
   * Takes what is due for oneself until a tick; of two nodes one alone gets it.
   *
   * @return at most that many, those due longest first
   */
  List<Arrival> lease(long now, long until, int most);

  /** Whether anything may be due; cheap, and wrong only by saying yes. */
  boolean anything(long now);

  /** Goes on with what was leased. */
  void renew(List<UUID> ids, long until);

  /** Gives back what was leased. */
  void release(UUID id);

  /**
   * Claims bytes for an organizer. Whoever comes second with the same is told who was first; a
   * first whose recording is gone, or who will never have one, counts no more.
   *
   * @return empty when the claim is ours
   */
  Optional<Arrival> claim(Arrival arrival, UUID organizer, String sha256);

  /**
   * The name of the meeting that was recorded in the same room of that source within {@code gap}
   * ticks before or after. Until the transaction ends, nobody else learns it of this room.
   */
  Optional<String> neighbour(Arrival arrival, long gap);

  /** What is asked of a list. Empty sets and optionals ask nothing. */
  record Wanted(Set<Arrival.State> states, Optional<String> source, Optional<String> room) {}

  /**
   * Lists a tenant's arrivals, newest first.
   *
   * @param paging {@code after}: {@code announced/id} of the last one; see {@link #key}
   * @return at most one more than are wanted
   */
  List<Arrival> list(UUID tenant, Wanted wanted, Paging paging);

  /** Where a list goes on behind an arrival. */
  static String key(Arrival arrival) {
    return arrival.announced() + "/" + arrival.id();
  }

  /** The arrivals that became recordings of the same meeting as this one, in their order. */
  List<Segment> segments(Arrival arrival);

  /**
   * One recording of a meeting.
   *
   * @param start ticks
   * @param end ticks
   * @param gap ticks from the end of those before to its start; 0 for the first
   */
  record Segment(UUID artifact, long start, long end, long gap) {
    /** Recordings in their order, each with the gap before it. */
    public static List<Segment> following(List<Segment> inOrder) {
      List<Segment> all = new ArrayList<>();
      long before = inOrder.isEmpty() ? 0 : inOrder.getFirst().start();
      for (Segment one : inOrder) {
        long gap = Math.max(0, one.start() - before);
        all.add(new Segment(one.artifact(), one.start(), one.end(), gap));
        before = Math.max(before, one.end());
      }
      return all;
    }
  }

  /**
   * Arrivals with an upload that recorders took back before a tick.
   *
   * @return at most that many
   */
  List<Arrival> takenBack(String source, long before, int most);

  /** How many arrivals there are, by source and state. */
  Map<String, Map<Arrival.State, Long>> counts();

  /** Ticks at which the oldest arrival was announced that is not over; empty when all are. */
  Optional<Long> oldestUnfinished();

  /**
   * Remembers that a message was seen.
   *
   * @param until ticks to which it must be remembered
   * @return false when it was seen before
   */
  boolean first(String source, String nonce, long until);

  /** Whether a message was seen that is still remembered. */
  boolean seen(String source, String nonce);

  /** Forgets what need no longer be remembered. */
  void tidy(long now);
}
