package dev.aftercall.notification;

import java.util.List;
import java.util.UUID;

/**
 * What became of one attempt at a lane.
 *
 * @param done what need not wait any longer: it was taken, or may not be told
 * @param refused subscriptions whose owner may not see what they would have been told
 */
public record Settlement(
    Lane lane,
    List<Waiting.Key> done,
    List<UUID> refused,
    List<Attempt> attempts,
    Verdict verdict) {
  /** Copies the lists. */
  public Settlement {
    done = List.copyOf(done);
    refused = List.copyOf(refused);
    attempts = List.copyOf(attempts);
  }

  /** How the endpoint did. */
  public sealed interface Verdict {
    /** It answered as it must, or there was nothing to send. */
    record Well() implements Verdict {}

    /**
     * It did not.
     *
     * @param again ticks; when it is tried again
     * @param giveUp ticks; what has waited since before that is given up
     */
    record Badly(long again, long giveUp, String reason) implements Verdict {}
  }

  /**
   * A line of a subscription's delivery log.
   *
   * @param number which try it was, from 1
   * @param items how many notifications of this subscription it carried
   * @param outcome a status, or what went wrong
   */
  public record Attempt(
      String subscription, long at, int number, int items, String outcome, long millis) {}
}
