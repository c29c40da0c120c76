package dev.aftercall.storage;

import dev.aftercall.storage.Run.Origin;
import dev.aftercall.storage.Run.Plan;
import dev.aftercall.storage.Run.State;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Repeating;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the storage in a running server: when its time has come, when an administrator asks, and
 * when a run was cut off. Works on a thread of its own, on one node at a time.
 */
public final class StorageWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorageWatch.class);
  private static final int LOOKED_AT = 20;
  private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(10);

  private final Runs runs;
  private final StorageCheck check;
  private final Timetable timetable;
  private final Ids ids;
  private final InstantSource clock;
  private final Repeating thread = new Repeating();
  private final ReentrantLock working = new ReentrantLock();
  private volatile boolean stopped;

  /**
   * When and how.
   *
   * @param every how long after a scheduled run the next begins; empty for never
   * @param hashing of scheduled runs
   * @param grace see {@link StorageCheck.Terms}
   * @param pace see {@link StorageCheck.Terms}
   */
  public record Timetable(Optional<Duration> every, Hashing hashing, Duration grace, Pace pace) {
    /** No plan: what is asked for alone, as fast as it goes. */
    public static final Timetable NEVER =
        new Timetable(
            Optional.empty(),
            Hashing.FULL,
            Duration.ofDays(1),
            new Pace(Pace.UNBOUNDED, Pace.UNBOUNDED, System::nanoTime));
  }

  /** A watch that does nothing before {@link #start}. */
  public StorageWatch(StorageCheck.Rooms rooms, Timetable timetable, Ids ids, InstantSource clock) {
    this.runs = rooms.runs();
    this.timetable = timetable;
    this.ids = ids;
    this.clock = clock;
    this.check =
        new StorageCheck(
            rooms,
            new StorageCheck.Terms(
                timetable.grace(),
                timetable.pace(),
                ids.guid().toString(),
                () -> stopped,
                (run, since) -> {}),
            clock);
  }

  /** Looks for something to do after each pause of that length. */
  public void start(Duration pause) {
    thread.every(pause, "check the storage", this::look);
  }

  /** Does what there is to do; returns when it is done. */
  public void look() {
    working.lock();
    try {
      Optional<UUID> next = stopped ? Optional.empty() : next();
      next.flatMap(check::run).ifPresent(StorageWatch::tell);
    } finally {
      working.unlock();
    }
  }

  /** Begun runs first, then the one that is due. */
  private Optional<UUID> next() {
    long now = Ticks.of(clock.instant());
    List<Run> newest = runs.newest(Optional.empty(), LOOKED_AT);
    Optional<UUID> begun =
        newest.reversed().stream()
            .filter(run -> run.plan().origin() != Origin.COMMAND)
            .filter(run -> ready(run, now))
            .findFirst()
            .map(Run::id);
    return begun.or(() -> due(now));
  }

  private static boolean ready(Run run, long now) {
    return switch (run.state()) {
      case WAITING, RUNNING -> true; // A running one has a lease, or its node is dead.
      case STOPPED ->
          run.reason().isEmpty() || now - run.ended().orElse(0L) >= Ticks.of(TRIED_AGAIN_AFTER);
      case DONE, FAILED -> false;
    };
  }

  private Optional<UUID> due(long now) {
    return timetable
        .every()
        .flatMap(
            every ->
                runs.openUnlessSince(
                    ids.guid(),
                    new Plan(Origin.SCHEDULE, Optional.empty(), timetable.hashing(), false),
                    now,
                    now - Ticks.of(every)))
        .map(Run::id);
  }

  private static void tell(Run run) {
    if (run.state() == State.DONE) {
      LOG.info("The check {} of the storage is done", run.id());
    }
  }

  /** Stops the run under way where it stands; it goes on at the next start. */
  @Override
  public void close() {
    stopped = true;
    working.lock();
    try {
      thread.close();
    } finally {
      working.unlock();
    }
  }
}
