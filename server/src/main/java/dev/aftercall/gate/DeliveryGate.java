package dev.aftercall.gate;

import dev.aftercall.access.Decision;
import dev.aftercall.access.RuleBook;
import dev.aftercall.access.SubscriptionAccess;
import dev.aftercall.access.Trail;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.notification.Rights;
import dev.aftercall.notification.Subscription;
import dev.aftercall.notification.Told;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;

/**
 * The door that notifications leave by: what a subscriber may not read at this moment is not told.
 */
public final class DeliveryGate implements Rights {
  private final RuleBook ruleBook;
  private final Journal journal;
  private final InstantSource clock;

  /** Decides by those rules. */
  public DeliveryGate(RuleBook ruleBook, Journal journal, InstantSource clock) {
    this.ruleBook = ruleBook;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public boolean mayHear(Subscription subscription, Told told) {
    long now = Ticks.of(clock.instant());
    Decision decision =
        SubscriptionAccess.tell(
            subscription.owner(),
            subscription.topic().permissions(),
            subscription.topic().scope(),
            told.meeting(),
            told.role(),
            ruleBook.of(subscription.owner().tenant()),
            now,
            new Trail());
    if (decision instanceof Decision.Deny deny) {
      journal.record(
          new Journal.Entry(
              now,
              subscription.id().toString(),
              subscription.owner().tenant(),
              subscription.owner().who(),
              subscription.owner().appId(),
              "notify",
              told.id(),
              deny.denial().rule().word(),
              false,
              Delivery.NONE));
      return false;
    }
    return true;
  }
}
