package dev.aftercall.arrival;

import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.retention.Archive;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Removal;
import dev.aftercall.retention.Trash;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What recorders take back, where the source is set to follow: what is in the archive goes to the
 * trash, from where it can be restored; what is on its way is not taken. What they give again comes
 * back out of the trash, unless somebody else put it there. A second time nothing happens.
 */
public final class Withdrawals {
  private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);

  private final ArrivalDesk desk;
  private final ArrivalStore store;
  private final Archive archive;
  private final Trash trash;
  private final InstantSource clock;

  /** Takes back what these arrivals became. */
  public Withdrawals(
      Arrivals arrivals, ArrivalDesk desk, Archive archive, Trash trash, InstantSource clock) {
    this.store = arrivals.store();
    this.desk = desk;
    this.archive = archive;
    this.trash = trash;
    this.clock = clock;
  }

  /** Takes one file back. Of the same bytes that another file brought before, it takes none. */
  public void withdraw(Source source, String sourceId) throws IOException {
    Optional<Arrival> known = store.bySource(source.tenant(), source.name(), sourceId);
    if (known.isEmpty()) {
      return;
    }
    Arrival arrival = known.get();
    if (arrival.state() == State.READY) {
      brought(arrival)
          .ifPresent(
              artifact -> {
                Removal removal = Removal.deleted(now(), source.submitter());
                int _ = trash.remove(arrival.tenant(), Map.of(artifact, removal));
              });
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

  /** Brings one file back that the same source took back before. */
  public void giveBack(Source source, String sourceId) {
    store
        .bySource(source.tenant(), source.name(), sourceId)
        .flatMap(Withdrawals::brought)
        .flatMap(artifact -> archive.find(source.tenant(), artifact))
        .filter(item -> item.removal().stream().anyMatch(it -> it.by().equals(source.submitter())))
        .ifPresent(this::restore);
  }

  private void restore(ArchiveItem item) {
    try {
      trash.restore(
          item.tenant(), item.artifact(), new Precondition.Version(Set.of(item.version())), now());
    } catch (ChangeRefused e) {
      LOG.info("Recording {} does not come back: {}", item.artifact(), e.getMessage());
    }
  }

  /** The recording that a file became, unless another file had brought the same bytes before. */
  private static Optional<UUID> brought(Arrival arrival) {
    return arrival.state() == State.READY && arrival.sameAs().isEmpty()
        ? arrival.artifact()
        : Optional.empty();
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
