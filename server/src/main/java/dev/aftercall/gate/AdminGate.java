package dev.aftercall.gate;

import dev.aftercall.access.AdminAccess;
import dev.aftercall.access.Decision;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Trail;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.JournalUnavailable;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * The one door to everything that rules a tenant: decide, journal, let the resource work, journal
 * how it ended. What is not on record as let in is not done; so whatever kills the process in
 * between, no change is there that the journal does not know of.
 */
public final class AdminGate {
  private final Journal journal;
  private final Entries entries;

  /** Builds the gate. */
  public AdminGate(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.entries = new Entries(clock);
  }

  /**
   * Somebody who was let in.
   *
   * @param report must be told how it ended
   * @param second asks whether they may remove something, where that depends on whose it is
   */
  public record Admitted(Grounds grounds, Report report, Second second) {}

  /** Takes down how it ended. */
  @FunctionalInterface
  public interface Report {
    /** It is over, answered by that HTTP status. */
    void over(int status);
  }

  /** Asks the second question, once it is known whose the thing is. */
  @FunctionalInterface
  public interface Second {
    /**
     * May they?
     *
     * @param organizer empty when there is no such thing, which others than administrators shall
     *     not learn
     * @throws Refused when they may not
     */
    void permit(Optional<UUID> organizer);
  }

  /**
   * Lets a caller in.
   *
   * @throws Refused when a rule says no
   * @throws JournalUnavailable when it cannot be taken down
   */
  public Admitted admit(AdminAsk ask) {
    Trail trail = new Trail();
    return switch (AdminAccess.admit(ask.caller(), ask.action(), trail)) {
      case Decision.Allow(Grounds grounds) -> {
        journal.record(entry(ask, grounds.word(), true, Delivery.NONE));
        yield new Admitted(
            grounds,
            status -> over(ask, grounds, status),
            organizer -> permit(ask, grounds, organizer, trail.onwards()));
      }
      case Decision.Deny deny -> throw refused(ask, deny, trail);
    };
  }

  private void permit(AdminAsk ask, Grounds grounds, Optional<UUID> organizer, Trail trail) {
    if (AdminAccess.permit(ask.caller(), grounds, organizer, trail) instanceof Decision.Deny deny) {
      throw refused(ask, deny, trail);
    }
  }

  private Refused refused(AdminAsk ask, Decision.Deny deny, Trail trail) {
    journal.refused(
        entry(ask, deny.denial().rule().word(), false, Delivery.NONE),
        trail.explained(deny, AdminAccess.chain(ask.caller(), ask.action())));
    return new Refused(deny.denial());
  }

  private void over(AdminAsk ask, Grounds grounds, int status) {
    Entries.done(journal, entry(ask, grounds.word(), true, new Delivery(status, 0, true)));
  }

  private Journal.Entry entry(AdminAsk ask, String rule, boolean allowed, Delivery delivery) {
    return entries.of(
        ask.requestId(), ask.caller(), "admin", ask.target(), rule, allowed, delivery);
  }
}
