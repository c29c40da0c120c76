package dev.aftercall.notification;

import java.util.Optional;

/**
 * What became of a batch.
 *
 * @param tried how many of it were sent at all, from the first on
 * @param taken how many of those were taken, from the first on
 * @param outcome a status, or what went wrong
 * @param retryAfter the answer's field of that name
 */
public record Carried(int tried, int taken, String outcome, Optional<String> retryAfter) {
  /** All or nothing, as the answer says. */
  static Carried whole(int items, Posting.Reply reply) {
    return new Carried(
        items, reply.taken() ? items : 0, Integer.toString(reply.status()), reply.retryAfter());
  }

  boolean well() {
    return taken == tried;
  }
}
