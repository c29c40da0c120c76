package dev.aftercall.storage;

import dev.aftercall.content.ContentStore;
import dev.aftercall.content.Stored;
import dev.aftercall.storage.Finding.Kind;
import dev.aftercall.storage.Run.Position;
import dev.aftercall.storage.Run.State;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks through the catalogue's promises and the store's contents side by side, both in the order
 * of tenant and artifact, and writes down what does not match. A page of either is held, never
 * more. What looks wrong is looked up anew before it is written down, for both sides go on changing
 * meanwhile. Deletes nothing.
 */
public final class StorageCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StorageCheck.class);

  private static final int PAGE = 500;
  private static final int MOST_SUSPECTS = 10_000;

  /** So many are no faults of single files: the store is another, or the catalogue is. */
  static final long MOST_FINDINGS = 100_000;

  private final Rooms rooms;
  private final Terms terms;
  private final Judge judge;
  private final InstantSource clock;

  /** What is compared, and where it is written down. */
  public record Rooms(Promises promises, ContentStore contents, Runs runs) {}

  /**
   * How a run goes about it.
   *
   * @param grace how old bytes without a promise must be to count as orphans
   * @param pace what it may take of the store
   * @param owner the name under which it holds the lease
   * @param stop asked often; true ends the run where it stands
   * @param listener told of every save
   */
  public record Terms(
      Duration grace, Pace pace, String owner, BooleanSupplier stop, Listener listener) {}

  /** Hears how a run goes on. */
  @FunctionalInterface
  public interface Listener {
    /** That much was compared since the last time. */
    void saved(Run run, Tally since);
  }

  /** A check of these rooms on those terms. */
  public StorageCheck(Rooms rooms, Terms terms, InstantSource clock) {
    this.rooms = rooms;
    this.terms = terms;
    this.judge = new Judge(rooms.promises(), rooms.contents(), terms, clock);
    this.clock = clock;
  }

  /**
   * Begins a run or goes on with one, up to its end or until it is told to stop.
   *
   * @return how it stands then; empty when another node is at it, or it is over
   */
  public Optional<Run> run(UUID id) {
    long now = Ticks.of(clock.instant());
    Optional<Run> begun = rooms.runs().begin(id, terms.owner(), now, now + Ledger.LEASE_TICKS);
    return begun.map(this::walk);
  }

  private Run walk(Run run) {
    Ledger ledger = new Ledger(rooms.runs(), run, terms, clock);
    try {
      return ledger.end(walk(run, ledger) ? State.DONE : State.STOPPED, "");
    } catch (Stopped e) {
      return ledger.end(State.STOPPED, "");
    } catch (TooMuch e) {
      LOG.error("The check of the storage gives up: {}", e.getMessage());
      return ledger.end(State.FAILED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.warn("The check of the storage cannot go on now", e);
      return ledger.end(State.STOPPED, String.valueOf(e.getMessage()));
    }
  }

  /** False when it was told to stop. */
  private boolean walk(Run run, Ledger ledger) throws IOException {
    rooms.contents().check();
    if (run.plan().hashing().percent() > 0) {
      ledger.suspect(rooms.runs().suspects(MOST_SUSPECTS));
    }
    Side<Promised> promised =
        new Side<>(
            run.position().promised(),
            new PromisedPages(rooms.promises(), run.plan().tenant(), PAGE));
    Side<Stored> stored =
        new Side<>(
            run.position().stored(), new StoredPages(rooms.contents(), run.plan().tenant(), PAGE));
    long before = rooms.runs().counts(run.id(), Optional.empty()).getOrDefault(Count.FINDINGS, 0L);
    while (true) {
      Optional<Promised> left = promised.peek();
      Optional<Stored> right = stored.peek();
      if (left.isEmpty() && right.isEmpty()) {
        return true;
      }
      if (terms.stop().getAsBoolean()) {
        return false;
      }
      if (before + ledger.findings() > MOST_FINDINGS) {
        throw new TooMuch(
            "There are more than "
                + MOST_FINDINGS
                + " findings. Is this the store, and this the catalogue, that belong together?");
      }
      terms.pace().looked();
      step(run, ledger, left, right);
      boolean takeLeft = left.isPresent() && compare(left, right) <= 0;
      boolean takeRight = right.isPresent() && compare(left, right) >= 0;
      if (takeLeft) {
        promised.take();
      }
      if (takeRight) {
        stored.take();
      }
      ledger.reached(new Position(promised.last(), stored.last()));
    }
  }

  /** Below zero: only the promise; above: only the bytes; zero: both. Strangers come first. */
  private static int compare(Optional<Promised> left, Optional<Stored> right) {
    if (right.isEmpty()) {
      return -1;
    }
    if (left.isEmpty() || right.get().key().isEmpty()) {
      return 1;
    }
    return left.get().key().path().compareTo(right.get().path());
  }

  private void step(Run run, Ledger ledger, Optional<Promised> left, Optional<Stored> right)
      throws IOException {
    int order = compare(left, right);
    if (order < 0) {
      Promised promise = left.orElseThrow();
      ledger.count(Optional.of(promise.tenant()), Count.PROMISED, 1);
      judge.missing(promise, ledger);
      return;
    }
    Stored bytes = right.orElseThrow();
    if (bytes.key().isEmpty()) {
      ledger.found(
          new Finding(
              Kind.UNKNOWN, bytes.path(), StoredPages.tenant(bytes), "", bytes.size() + " bytes"));
      return;
    }
    Optional<UUID> tenant = StoredPages.tenant(bytes);
    ledger.count(tenant, Count.STORED, 1);
    ledger.count(tenant, Count.STORED_BYTES, bytes.size());
    if (order > 0) {
      judge.orphan(bytes, run.plan().quarantine(), ledger);
      return;
    }
    Promised promise = left.orElseThrow();
    ledger.count(tenant, Count.PROMISED, 1);
    if (promise.size() != bytes.size()) {
      judge.size(promise, ledger);
    } else if (run.plan().hashing().takes(run.id(), promise.artifact())
        || ledger.suspected(bytes.path())) {
      judge.hash(promise, ledger);
    }
  }

  /** The run ends where it stands. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuch(String message) {
      super(message);
    }
  }
}
