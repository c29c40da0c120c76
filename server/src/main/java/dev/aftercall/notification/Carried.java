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
  /** All that were sent were taken. */
  public static Carried all(int items, String outcome) {
    return new Carried(items, items, outcome, Optional.empty());
  }

  /** So many were taken, and the one behind them was not. */
  public static Carried upTo(int taken, String outcome) {
    return new Carried(taken + 1, taken, outcome, Optional.empty());
  }

  /** All were sent, and none was taken. */
  static Carried none(int items, String outcome) {
    return new Carried(items, 0, outcome, Optional.empty());
  }

  /** All or nothing, as the answer says. */
  static Carried whole(int items, Posting.Reply reply) {
    return new Carried(
        items, reply.taken() ? items : 0, Integer.toString(reply.status()), reply.retryAfter());
  }

  /** The outcome as one of few words: 2xx and so on, 429, {@code written}, {@code none}. */
  String summary() {
    if (outcome.length() == 3 && outcome.chars().allMatch(Character::isDigit)) {
      return outcome.equals("429") ? outcome : outcome.charAt(0) + "xx";
    }
    return well() ? "written" : "none";
  }

  boolean well() {
    return taken == tried;
  }
}
