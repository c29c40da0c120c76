package dev.aftercall.arrival;

import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Fetcher;
import dev.aftercall.fetch.Location;
import dev.aftercall.intake.Custody;
import dev.aftercall.intake.Intake.Fragment;
import dev.aftercall.intake.Intake.Progress;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.intake.Submitter;
import dev.aftercall.intake.Upload;
import dev.aftercall.time.Doubling;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings in one arrival as far as it comes: fetches what is missing, goes on where an earlier try
 * broke off, and says when to try again. Tried for days, because recorders and networks come back.
 */
final class Collector {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration TRIED_FOR = Duration.ofDays(7);

  /**
   * Tries after which it is believed that a size is another than announced, or a file not there.
   */
  private static final int DOUBTS = 5;

  private final Arrivals arrivals;
  private final ArrivalStore store;
  private final Custody custody;
  private final Fetchers fetchers;
  private final Steps steps;

  /** Opens what sources announce. */
  @FunctionalInterface
  public interface Fetchers {
    /**
     * What fetches for an arrival, with its source's credentials and its own.
     *
     * @throws FetchException where the source can reach nothing
     */
    Fetcher of(Arrival arrival) throws FetchException;
  }

  Collector(Arrivals arrivals, Custody custody, Fetchers fetchers) {
    this.arrivals = arrivals;
    this.store = arrivals.store();
    this.custody = custody;
    this.fetchers = fetchers;
    this.steps = arrivals.steps();
  }

  /** Takes the next step with an arrival that is leased to us. */
  void collect(Arrival arrival) {
    try {
      Arrival now = fetched(arrival);
      Arrival settled = now.uploadId().isEmpty() ? now : arrivals.settle(now);
      if (settled.state().over()) {
        LOG.info("{}: {} {}", settled, settled.state(), settled.reason());
      }
    } catch (FetchException e) {
      failed(
          arrival,
          String.valueOf(e.getMessage()),
          e.lasting() || neverWritten(arrival, e),
          e.retryAfter());
    } catch (IntakeException e) {
      intake(arrival, e);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} could not be brought in; it is tried again", arrival, e);
      failed(arrival, "It could not be brought in: " + e.getMessage(), false, Optional.empty());
    }
  }

  /** Of a recording that failed there need be no file, and nobody will upload it any more. */
  private static boolean neverWritten(Arrival arrival, FetchException e) {
    return e.kind() == FetchException.Kind.GONE
        && arrival.announcement().file().suspect()
        && arrival.attempts() + 1 >= DOUBTS;
  }

  private void intake(Arrival arrival, IntakeException e) {
    switch (e.kind()) {
      case UNPLAYABLE, MISMATCH -> {
        try {
          arrivals.settle(store.find(arrival.id()).orElse(arrival));
        } catch (IntakeException | IOException again) {
          failed(arrival, String.valueOf(again.getMessage()), false, Optional.empty());
        }
      }
      case TOO_LARGE, INVALID -> failed(arrival, e.text(), true, Optional.empty());
      case UNKNOWN, CONFLICT, OUT_OF_TURN, STORAGE_FULL ->
          failed(arrival, e.text(), false, Optional.empty());
    }
  }

  /** With every byte of it here, as far as they are to be fetched. */
  private Arrival fetched(Arrival arrival) throws IOException, IntakeException {
    if (arrival.uploadId().isPresent()) {
      custody.catchUp(arrival.uploadId().get());
    }
    Optional<Progress> progress = progress(arrival);
    if (progress.isPresent() && progress.get().state() != Upload.State.RECEIVING) {
      return arrival;
    }
    String where = arrival.announcement().file().location();
    if (where == null) {
      // The recorder sends it itself, and is still at it.
      return steps.written(arrival.to(arrival.state()).due(steps.now() + Arrivals.LOOKED_AFTER));
    }
    try (Fetcher fetcher = fetchers.of(arrival)) {
      Optional<Enquiry> enquiry = arrivals.enquiry(arrival);
      if (enquiry.isPresent()) {
        Arrival told = arrivals.answered(arrival, enquiry.get().ask(new AskingByFetcher(fetcher)));
        String place = told.announcement().file().location();
        return told.state().over() || place == null || place.equals(where)
            ? told
            : fetched(told, place, fetcher, progress);
      }
      return fetched(arrival, where, fetcher, progress);
    }
  }

  private Arrival fetched(
      Arrival arrival, String where, Fetcher fetcher, Optional<Progress> progress)
      throws IOException, IntakeException {
    Location location = arrivals.location(arrival, where);
    long have = progress.map(Progress::received).orElse(0L);
    try (Fetched file = expected(arrival, fetcher.open(location, have, arrival.validator()))) {
      Arrival fetching = begin(arrival, file, have);
      Optional<Long> total =
          file.total().isPresent() ? Optional.of(file.total().getAsLong()) : Optional.empty();
      long length = total.map(all -> all - file.from()).orElse(Long.MAX_VALUE);
      custody.append(
          fetching.uploadId().orElseThrow(),
          new Fragment(file.from(), length, total, file.bytes()));
      return fetching;
    }
  }

  private Optional<Progress> progress(Arrival arrival) throws IOException {
    return arrival.uploadId().isEmpty()
        ? Optional.empty()
        : custody.look(arrival.uploadId().get()).filter(it -> it.state() != Upload.State.CANCELLED);
  }

  private static Fetched expected(Arrival arrival, Fetched file) throws FetchException {
    Long size = arrival.announcement().file().size();
    return size == null || arrival.attempts() >= DOUBTS ? file : file.expecting(size);
  }

  /** Writes down that bytes come, into the upload they belong behind. */
  private Arrival begin(Arrival arrival, Fetched file, long have)
      throws IOException, IntakeException {
    boolean goesOn = have > 0 && file.from() == have;
    if (goesOn && arrival.uploadId().isPresent()) {
      return arrival;
    }
    Optional<Progress> before = progress(arrival);
    if (before.isPresent()) {
      custody.cancel(before.get().uploadId());
    }
    Source source = arrivals.source(arrival);
    Progress opened =
        custody.open(
            new Submitter(source.tenant(), source.submitter()),
            Arrivals.metadata(arrival.announcement()));
    Arrival next =
        arrival
            .to(State.FETCHING)
            .upload(Optional.of(opened.uploadId()))
            .validator(file.validator())
            .at(steps.now());
    if (!store.change(next)) {
      custody.cancel(opened.uploadId());
      throw new FetchException(
          FetchException.Kind.BROKEN, "Somebody changed the arrival meanwhile.");
    }
    return next;
  }

  private void failed(Arrival arrival, String why, boolean lasting, Optional<Duration> pause) {
    Arrival stands = store.find(arrival.id()).orElse(arrival);
    if (stands.state().over() || stands.state() == State.UNASSIGNED) {
      return;
    }
    int attempts = stands.attempts() + 1;
    boolean over = lasting || steps.now() - stands.announced() > Ticks.of(TRIED_FOR);
    if (over) {
      LOG.warn("{}: given up. {}", stands, why);
      steps.written(stands.to(State.QUARANTINED).because(why).attempts(attempts));
      return;
    }
    Duration wait = pause.orElse(Doubling.pause(FIRST_PAUSE, LONGEST_PAUSE, attempts));
    LOG.info("{}: try {} failed, again in {}. {}", stands, attempts, wait, why);
    steps.written(
        stands
            .to(stands.state())
            .because(why)
            .attempts(attempts)
            .due(steps.now() + Ticks.of(wait)));
  }
}
