package dev.aftercall.arrival;

import dev.aftercall.arrival.Collector.Fetchers;
import dev.aftercall.intake.Intake;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings in what is due, several at a time, each on a virtual thread. Woken when something is
 * announced; looks by itself now and then, because on PostgreSQL another node may have heard it.
 */
public final class Collecting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);

  /** Files that are fetched at a time; each takes a thread, a connection and a buffer. */
  private static final int AT_A_TIME = 8;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final long LEASED = Ticks.of(Duration.ofMinutes(2));
  private static final Duration RENEWED_EVERY = Duration.ofSeconds(20);

  private final ArrivalStore store;
  private final Collector collector;
  private final InstantSource clock;
  private final Doorbell bell;
  private final Semaphore free = new Semaphore(AT_A_TIME);
  private final Map<UUID, Thread> running = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean closing;
  private long renewed = System.nanoTime();

  private Collecting(ArrivalStore store, Doorbell bell, Collector collector, InstantSource clock) {
    this.store = store;
    this.bell = bell;
    this.collector = collector;
    this.clock = clock;
  }

  /** Begins. */
  public static Collecting start(
      Arrivals arrivals, Intake intake, Fetchers fetchers, InstantSource clock) {
    Collecting collecting =
        new Collecting(
            arrivals.store(),
            arrivals.bell(),
            new Collector(arrivals, intake.custody(), fetchers),
            clock);
    Thread.ofPlatform().daemon().name("collecting").start(collecting::run);
    return collecting;
  }

  private void run() {
    try {
      while (!closing) {
        bell.await(PAUSE);
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void turn() {
    try {
      long now = now();
      if (System.nanoTime() - renewed > RENEWED_EVERY.toNanos()) {
        renewed = System.nanoTime();
        store.renew(List.copyOf(running.keySet()), now + LEASED);
      }
      int most = free.availablePermits();
      if (most > 0 && store.anything(now)) {
        store.lease(now, now + LEASED, most).forEach(this::begin);
      }
    } catch (RuntimeException e) {
      LOG.warn("Could not look for arrivals; looking again in {}", PAUSE, e);
    }
  }

  private void begin(Arrival arrival) {
    free.acquireUninterruptibly();
    Thread thread =
        Thread.ofVirtual()
            .name("collect-" + arrival.id())
            .unstarted(
                () -> {
                  try {
                    collector.collect(arrival);
                  } finally {
                    store.release(arrival.id());
                    running.remove(arrival.id());
                    free.release();
                    bell.ring();
                  }
                });
    if (running.putIfAbsent(arrival.id(), thread) == null) {
      thread.start();
    } else {
      // Its lease ran out while this process was asleep, and it is at work here still.
      free.release();
    }
  }

  private long now() {
    return Ticks.of(clock.instant());
  }

  /** Ends; what is being fetched goes on at the next start. */
  @Override
  public void close() {
    closing = true;
    bell.ring();
    try {
      ended.await();
      running.values().forEach(Thread::interrupt);
      for (Thread thread : List.copyOf(running.values())) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
