package dev.aftercall.arrival;

import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.intake.IntakeException;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/**
 * What recorders take back, where the source is set to follow: what is in the archive goes to the
 * trash, from where it can be restored; what is on its way is not taken. A second time nothing
 * happens.
 */
public final class Withdrawals {
  private final ArrivalDesk desk;
  private final ArrivalStore store;
  private final Bin bin;

  /** Where recordings go. */
  @FunctionalInterface
  public interface Bin {
    /**
     * Puts a recording there, unless it is there.
     *
     * @param by who does it
     */
    void put(UUID tenant, UUID artifact, String by);
  }

  /** Takes back what these arrivals became. */
  public Withdrawals(Arrivals arrivals, ArrivalDesk desk, Bin bin) {
    this.store = arrivals.store();
    this.desk = desk;
    this.bin = bin;
  }

  /** Takes one file back. Of the same bytes that another file brought before, it takes none. */
  public void withdraw(Source source, String sourceId) throws IOException {
    Optional<Arrival> known = store.bySource(source.tenant(), source.name(), sourceId);
    if (known.isEmpty()) {
      return;
    }
    Arrival arrival = known.get();
    if (arrival.state() == State.READY) {
      if (arrival.sameAs().isEmpty() && arrival.artifact().isPresent()) {
        bin.put(arrival.tenant(), arrival.artifact().get(), source.submitter());
      }
      return;
    }
    if (!arrival.state().over()) {
      try {
        Arrival _ = desk.reject(arrival, "The recorder deleted it, or took it back.");
      } catch (IntakeException e) {
        throw new IOException("It is just being taken in; say it again.", e);
      }
    }
  }
}
