package dev.aftercall.storage;

import dev.aftercall.storage.Run.Position;
import dev.aftercall.storage.Run.State;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a run has found and counted since it was last saved; saves it in good time. */
final class Ledger {
  private static final long SECOND = 10_000_000L;

  /** Long enough for a slow disk, short enough that a dead node's run is soon gone on with. */
  static final long LEASE_TICKS = 120 * SECOND;

  private static final long SAVED_EVERY = 5 * SECOND;
  private static final int MOST_FOUND = 500;

  private final Runs runs;
  private final StorageCheck.Terms terms;
  private final InstantSource clock;
  private Run run;
  private Position reached;
  private long saved;
  private long findings;
  private final List<Finding> found = new ArrayList<>();
  private final Set<String> setAside = new HashSet<>();
  private final Set<String> sound = new HashSet<>();
  private Set<String> suspects = Set.of();
  private Tally tally = new Tally();

  Ledger(Runs runs, Run run, StorageCheck.Terms terms, InstantSource clock) {
    this.runs = runs;
    this.run = run;
    this.reached = run.position();
    this.terms = terms;
    this.clock = clock;
    this.saved = now();
  }

  void count(Optional<UUID> tenant, Count count, long more) {
    tally.add(tenant, count, more);
  }

  void found(Finding finding) {
    findings++;
    found.add(finding);
    tally.add(finding.tenant(), Count.FINDINGS, 1);
  }

  void setAside(Finding orphan) {
    found(orphan);
    setAside.add(orphan.path());
    tally.add(orphan.tenant(), Count.QUARANTINED, 1);
    save(); // At once: the bytes have moved.
  }

  /** What was found wrong before, and shall be resolved when it is read and right. */
  void suspect(Set<String> paths) {
    suspects = paths;
  }

  boolean suspected(String path) {
    return suspects.contains(path);
  }

  void sound(String path) {
    if (suspected(path)) {
      sound.add(path);
    }
  }

  /** How many this process found. */
  long findings() {
    return findings;
  }

  /** Everything up to there is compared. */
  void reached(Position position) {
    reached = position;
    if (found.size() >= MOST_FOUND || sound.size() >= MOST_FOUND || now() - saved >= SAVED_EVERY) {
      run = run.at(reached);
      save();
    }
  }

  /** Called while one large file is read: keeps the lease, and hears whether to stop. */
  void beat() {
    if (terms.stop().getAsBoolean()) {
      throw new StorageCheck.Stopped();
    }
    if (now() - saved >= SAVED_EVERY) {
      save();
    }
  }

  private void save() {
    Tally since = tally;
    long now = now();
    boolean ours =
        runs.save(
            run,
            terms.owner(),
            new Runs.Progress(List.copyOf(found), Set.copyOf(setAside), Set.copyOf(sound), since),
            now,
            now + LEASE_TICKS);
    if (!ours) {
      throw new IllegalStateException(
          "Another node has taken the check of the storage over; this one leaves it.");
    }
    found.clear();
    setAside.clear();
    sound.clear();
    tally = new Tally();
    saved = now;
    terms.listener().saved(run, since);
  }

  Run end(State state, String reason) {
    run = run.at(reached);
    save();
    long now = now();
    if (!runs.end(run, terms.owner(), state, reason, now)) {
      throw new IllegalStateException("Another node has taken the check of the storage over.");
    }
    return new Run(
        run.id(), run.plan(), state, run.started(), Optional.of(now), run.position(), reason);
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
