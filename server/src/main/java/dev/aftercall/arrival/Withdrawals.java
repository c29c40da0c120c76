package dev.aftercall.arrival;

import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.intake.Custody;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.retention.Archive;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Removal;
import dev.aftercall.retention.Trash;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What recorders take back, where the source is set to follow: what is in the archive goes to the
 * trash, from where it can be restored; what is on its way, or waits for somebody to say whose it
 * is, is rejected, and the bytes that are here are kept as long as the trash keeps things. What
 * they give again comes back out of the trash, or goes on where it was, unless somebody else put it
 * there. A second time nothing happens.
 */
public final class Withdrawals {
  private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);

  /** Of what was taken back, at a time. */
  private static final int TIDIED = 100;

  private final Waiting waiting;
  private final Arrivals arrivals;
  private final ArrivalStore store;
  private final Archive archive;
  private final Trash trash;
  private final InstantSource clock;

  /**
   * What is done with what is not in the archive.
   *
   * @param kept how long its bytes are, for the recorder to give it again
   */
  public record Waiting(ArrivalDesk desk, Custody custody, Duration kept) {}

  /** Takes back what these arrivals are, or became. */
  public Withdrawals(
      Arrivals arrivals, Waiting waiting, Archive archive, Trash trash, InstantSource clock) {
    this.arrivals = arrivals;
    this.store = arrivals.store();
    this.waiting = waiting;
    this.archive = archive;
    this.trash = trash;
    this.clock = clock;
  }

  /**
   * Takes one file back. Of the same bytes that another file brought before, it takes none.
   *
   * @throws ChangeRefused while it is being made a recording; a moment later it is one
   */
  public void withdraw(Source source, String sourceId) throws IOException {
    boolean done = false;
    while (!done) {
      Optional<Arrival> known = store.bySource(source.tenant(), source.name(), sourceId);
      // Where somebody took a step with it meanwhile, it may be a recording by now.
      done = known.isEmpty() || withdrawn(source, known.get());
    }
  }

  private boolean withdrawn(Source source, Arrival arrival) throws IOException {
    if (arrival.state() == State.READY) {
      brought(arrival)
          .ifPresent(
              artifact -> {
                Removal removal = Removal.deleted(now(), source.submitter());
                int _ = trash.remove(arrival.tenant(), Map.of(artifact, removal));
              });
      return true;
    }
    if (arrival.state().over()) {
      return true;
    }
    waiting.desk().checkNotKept(arrival);
    return store.change(
        arrival
            .to(State.REJECTED)
            .by(Arrival.TAKEN_BACK)
            .because("The recorder deleted it, or took it back.")
            .at(now()));
  }

  /** Brings one file back that the same source took back before. */
  public void giveBack(Source source, String sourceId) throws IOException {
    Optional<Arrival> known = store.bySource(source.tenant(), source.name(), sourceId);
    if (known.filter(Arrival::takenBack).isPresent()) {
      Arrival _ = waiting.desk().takeUp(known.get());
      return;
    }
    known
        .flatMap(Withdrawals::brought)
        .flatMap(artifact -> archive.find(source.tenant(), artifact))
        .filter(item -> item.removal().stream().anyMatch(it -> it.by().equals(source.submitter())))
        .ifPresent(this::restore);
  }

  /** Forgets the bytes of what was taken back long ago. Given again, it is fetched again. */
  public void tidy() {
    long before = now() - Ticks.of(waiting.kept());
    for (String source : arrivals.recorders().keySet()) {
      store.takenBack(source, before, TIDIED).forEach(this::forget);
    }
  }

  private void forget(Arrival arrival) {
    Arrival.Change left = arrival.to(arrival.state()).because(arrival.reason());
    if (!store.change(left.upload(Optional.empty()).at(now()))) {
      return; // It was given again at this moment.
    }
    try {
      waiting.custody().discard(arrival.uploadId().orElseThrow(), arrival.reason());
    } catch (IntakeException | IOException e) {
      LOG.warn("{}: the bytes of what was taken back could not be removed", arrival, e);
    }
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
