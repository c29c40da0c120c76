package dev.aftercall.journal;

import dev.aftercall.access.Explanation;
import java.util.UUID;

/** Takes down who was let in or refused, and what was really delivered. */
public interface Journal {
  /**
   * Takes an entry down. When this returns, the entry outlives the process; entries of one thread
   * stay in their order.
   *
   * @throws JournalUnavailable when it cannot be taken down; what it tells of must not happen then
   */
  void record(Entry entry);

  /**
   * Takes a refusal down.
   *
   * @param why the rules that were asked, for whoever keeps them
   */
  default void refused(Entry entry, Explanation why) {
    record(entry);
  }

  /**
   * One line of the journal.
   *
   * @param at ticks
   * @param requestId the request that caused it
   * @param caller the person's object id, or the application's client id; of a command {@code cli:}
   *     and the user of the operating system
   * @param appId the application's client id
   * @param action what was asked for: {@code metadata}, {@code content}, {@code
   *     attributed_content}, {@code picture}, {@code list}, {@code meeting-…}, {@code admin};
   *     {@code retention-warning} of what is going to expire, {@code retention-trash} of what did
   * @param target the artifact asked for, in the words of the request; of a list the meeting's
   *     thread or the organizer
   * @param rule what let the caller in, or the rule that refused
   * @param delivery how a delivery ended; {@link Delivery#NONE} where the entry is of a decision
   */
  record Entry(
      long at,
      String requestId,
      UUID tenant,
      String caller,
      String appId,
      String action,
      String target,
      String rule,
      boolean allowed,
      Delivery delivery) {}

  /**
   * What was sent of the content.
   *
   * @param status the HTTP status answered
   * @param bytes of content handed to the connection
   * @param whole whether everything promised was sent
   * @param ranges which bytes those were
   * @param minutes that this delivery was metered with: those of the content where it began a
   *     session, else 0
   */
  record Delivery(int status, long bytes, boolean whole, Ranges ranges, long minutes) {
    /** Nothing was sent. */
    public static final Delivery NONE = new Delivery(0, 0, true);

    /** A delivery of no bytes, or of none that anybody asks about. */
    public Delivery(int status, long bytes, boolean whole) {
      this(status, bytes, whole, Ranges.NONE, 0);
    }
  }
}
