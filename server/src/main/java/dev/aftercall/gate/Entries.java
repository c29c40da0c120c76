package dev.aftercall.gate;

import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.JournalUnavailable;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the doors write down of a caller. */
final class Entries {
  private static final Logger LOG = LoggerFactory.getLogger(Entries.class);

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

  /** That something was done which is on record as let in: refusing it now would be wrong. */
  static void done(Journal journal, Journal.Entry entry) {
    try {
      journal.record(entry);
    } catch (JournalUnavailable e) {
      LOG.error("How {} of {} ended is not in the journal", entry.action(), entry.target());
    }
  }
}
