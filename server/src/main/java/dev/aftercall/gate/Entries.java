package dev.aftercall.gate;

import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;

/** What the doors write down of a caller. */
final class Entries {
  private final InstantSource clock;

  Entries(InstantSource clock) {
    this.clock = clock;
  }

  /** That somebody was let in, or not, as {@link Journal.Entry} has it. */
  Journal.Entry of(
      String requestId,
      Caller caller,
      String action,
      String target,
      String rule,
      boolean allowed,
      Journal.Delivery delivery) {
    return new Journal.Entry(
        Ticks.of(clock.instant()),
        requestId,
        caller.tenant(),
        caller.who(),
        caller.appId(),
        action,
        target,
        rule,
        allowed,
        delivery);
  }
}
