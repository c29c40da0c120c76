package dev.aftercall.recorder.graph;

import dev.aftercall.arrival.Arrivals;
import dev.aftercall.recorder.Recorder;
import dev.aftercall.time.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Follows tenants, each on a virtual thread; of several nodes, one follows. */
public final class Mirroring implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Arrivals arrivals;
  private final MirrorStore store;
  private final String holder;
  private final InstantSource clock;
  private final List<Follower> followers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Follows nothing yet. */
  public Mirroring(Arrivals arrivals, MirrorStore store, Ids ids, InstantSource clock) {
    this.arrivals = arrivals;
    this.store = store;
    this.holder = ids.guid().toString();
    this.clock = clock;
  }

  /** Begins to follow a source, if it is a tenant that is mirrored. */
  public void begin(Recorder recorder) {
    if (recorder instanceof GraphMirror mirror) {
      Follower follower = new Follower(mirror, arrivals, store, holder, clock);
      followers.add(follower);
      threads.add(
          Thread.ofVirtual().name("mirror-" + follower.source()).start(() -> run(follower)));
    }
  }

  private void run(Follower follower) {
    try {
      // When it is due, the clock says, which tests move.
      while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        follower.turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Seconds since each was followed to its end last; without those that never were. */
  public Map<String, Long> ages() {
    Map<String, Long> ages = new LinkedHashMap<>();
    followers.forEach(it -> it.age().ifPresent(age -> ages.put(it.source(), age)));
    return ages;
  }

  /** Whether any tenant is followed. */
  public boolean any() {
    return !followers.isEmpty();
  }

  /** Ends; the next start goes on behind the last page. */
  @Override
  public void close() {
    closing.countDown();
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(PATIENCE);
      }
      followers.forEach(Follower::leave);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
