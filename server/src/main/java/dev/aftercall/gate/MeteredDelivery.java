package dev.aftercall.gate;

import dev.aftercall.gate.Gate.Delivering;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.JournalUnavailable;
import dev.aftercall.metering.CapacityExhausted;
import dev.aftercall.metering.Metering.Charge;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A delivery between the ledger, which hears of its beginning, and the journal, of its end. */
final class MeteredDelivery implements Delivering {
  private static final Logger LOG = LoggerFactory.getLogger(MeteredDelivery.class);
  private static final int REDIRECT = 302;
  private static final String EXHAUSTED = "evaluation-capacity";

  private final Supplier<Charge> metering;
  private final BiConsumer<Optional<String>, Delivery> journal;
  private volatile Charge charge = Charge.FREE;
  private volatile Optional<String> refusal = Optional.empty();

  /**
   * A delivery that has not begun.
   *
   * @param journal hears the rule that refused it, if one did, and what was sent
   */
  MeteredDelivery(Supplier<Charge> metering, BiConsumer<Optional<String>, Delivery> journal) {
    this.metering = metering;
    this.journal = journal;
  }

  @Override
  public void begin() {
    try {
      charge = metering.get();
    } catch (CapacityExhausted e) {
      refusal = Optional.of(EXHAUSTED);
      throw e;
    }
  }

  @Override
  public void over(Delivery sent) {
    // A redirected client has the content by our permission, whatever it makes of it.
    boolean delivered = sent.bytes() > 0 || sent.status() == REDIRECT;
    long minutes = charge.over(delivered);
    try {
      journal.accept(
          refusal, new Delivery(sent.status(), sent.bytes(), sent.whole(), sent.ranges(), minutes));
    } catch (JournalUnavailable e) {
      // That it began is on record; the journal itself has said why the end is not.
      LOG.error("The end of a delivery of {} bytes is not in the journal", sent.bytes());
    }
  }
}
