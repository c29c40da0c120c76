package dev.aftercall.gate;

import dev.aftercall.access.AdminAccess;
import dev.aftercall.access.Decision;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Trail;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;

/** The one door to everything that rules a tenant: decide, let the resource work, journal. */
public final class AdminGate {
  private final Journal journal;
  private final InstantSource clock;

  /** Builds the gate. */
  public AdminGate(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Somebody who was let in; {@code report} must be told how it ended. */
  public record Admitted(Grounds grounds, Report report) {}

  /** Takes down how it ended. */
  @FunctionalInterface
  public interface Report {
    /** It is over, answered by that HTTP status. */
    void over(int status);
  }

  /**
   * Lets a caller in.
   *
   * @throws Refused when a rule says no
   */
  public Admitted admit(AdminAsk ask) {
    Trail trail = new Trail();
    return switch (AdminAccess.admit(ask.caller(), ask.action(), trail)) {
      case Decision.Allow(Grounds grounds) ->
          new Admitted(
              grounds,
              status ->
                  journal.record(
                      entry(ask, grounds.word(), true, new Journal.Delivery(status, 0, true))));
      case Decision.Deny deny -> {
        journal.refused(
            entry(ask, deny.denial().rule().word(), false, Journal.Delivery.NONE),
            trail.explained(deny, AdminAccess.chain(ask.caller(), ask.action())));
        throw new Refused(deny.denial());
      }
    };
  }

  private Journal.Entry entry(
      AdminAsk ask, String rule, boolean allowed, Journal.Delivery delivery) {
    Caller caller = ask.caller();
    return new Journal.Entry(
        Ticks.of(clock.instant()),
        ask.requestId(),
        caller.tenant(),
        caller.who(),
        caller.appId(),
        "admin",
        ask.target(),
        rule,
        allowed,
        delivery);
  }
}
