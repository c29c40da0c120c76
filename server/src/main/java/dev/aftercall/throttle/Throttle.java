package dev.aftercall.throttle;

import dev.aftercall.identity.Caller;
import java.time.Duration;

/** Counts requests, and says when there were too many. */
@FunctionalInterface
public interface Throttle {
  /** Lets everything through. */
  Throttle OFF = (caller, method) -> Duration.ZERO;

  /**
   * Counts one request, also one that is refused.
   *
   * @param method of HTTP, upper case
   * @return how long to wait before trying again; zero when the request may go on
   */
  Duration count(Caller caller, String method);
}
