package dev.aftercall.metering;

/**
 * The book of retrievals, one row a session, shared by all nodes. What is counted and what the
 * month has used are changed together.
 */
public interface Ledger {
  /** What became of a retrieval. */
  sealed interface Outcome {
    /** It is counted: as a session that began now, or as part of one that was open. */
    record Counted(Session session) implements Outcome {}

    /** There is no capacity for it. */
    record Exhausted(long usedMinutes) implements Outcome {}
  }

  /**
   * Finds the open session or begins one, which counts from now on. Two of the same retrieval at
   * the same time, on whatever nodes, get the same session.
   */
  Outcome begin(Retrieval retrieval, long now, Tariff tariff);

  /**
   * A byte of it was sent. A session that was given back meanwhile counts again.
   *
   * @return whether this was the first to say so
   */
  boolean confirm(Session session, long now);

  /** It is open for half an hour from now. */
  void prolong(Session session, long now);

  /** Nothing of it was sent: it counts no more, unless another node has said that something was. */
  void giveBack(Session session);
}
