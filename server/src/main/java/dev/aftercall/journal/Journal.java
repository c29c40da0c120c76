package dev.aftercall.journal;

import dev.aftercall.access.Explanation;
import java.util.UUID;

/** Takes down who was let in or refused, and what was really delivered. */
public interface Journal {
  /** Takes an entry down. Returns at once; entries are written in the order they came. */
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
   * @param caller the person's object id, or the application's client id
   * @param appId the application's client id
   * @param action {@code metadata}, {@code content} or {@code list}
   * @param target the artifact asked for, in the words of the request; of a list the meeting's
   *     thread or the organizer
   * @param rule what let the caller in, or the rule that refused
   * @param delivery what was sent; {@link Delivery#NONE} when nothing was
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
   */
  record Delivery(int status, long bytes, boolean whole) {
    /** Nothing was sent. */
    public static final Delivery NONE = new Delivery(0, 0, true);
  }
}
