package dev.aftercall.throttle;

import dev.aftercall.identity.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts requests, and says when there were too many. */
@FunctionalInterface
public interface Throttle {
  /** Lets everything through. */
  Throttle OFF = (caller, method, chat) -> Duration.ZERO;

  /**
   * Counts one request, also one that is refused.
   *
   * @param method of HTTP, upper case
   * @param chat the thread of the one meeting that the request is about; empty where it is about
   *     none, or many; asked for only where it counts
   * @return how long to wait before trying again; zero when the request may go on
   */
  Duration count(Caller caller, String method, Supplier<Optional<String>> chat);

  /** Counts one that is about no chat. */
  default Duration count(Caller caller, String method) {
    return count(caller, method, Optional::empty);
  }
}
