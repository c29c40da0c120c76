package dev.aftercall.notification;

import dev.aftercall.notification.Settlement.Verdict;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps lanes going: one thread takes turns with the outbox, one virtual thread waits for each
 * endpoint. Endpoints that do not answer as they must have half of the places and no more, so that
 * however many hang, the others do not wait for a place.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int HEALTHY = 256;
  private static final int SUSPECT = 256;

  /** How late a change is noticed that another process made. */
  private static final long LOOKED_EVERY_MILLIS = 200;

  private static final long AFTER_TROUBLE_MILLIS = 1_000;

  private final Outbox outbox;
  private final Courier courier;
  private final String lease;
  private final InstantSource clock;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final ExecutorService couriers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("courier-", 0).factory());
  private final Thread thread;
  private int healthy = HEALTHY;
  private int suspect = SUSPECT;
  private volatile boolean closing;

  private sealed interface Signal {}

  /** There is something to do. */
  private record Wake() implements Signal {}

  private record Settled(Settlement settlement) implements Signal {}

  Dispatcher(Outbox outbox, Courier courier, Ids ids, InstantSource clock) {
    this.outbox = outbox;
    this.courier = courier;
    this.lease = ids.guid().toString();
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("notifications").unstarted(this::run);
  }

  /** Starts to deliver what waits; to be called once. */
  public void start() {
    thread.start();
  }

  /** Something became visible; without this it is noticed a moment later. */
  public void wake() {
    signals.add(new Wake());
  }

  private void run() {
    List<Settlement> settled = new ArrayList<>();
    boolean begun = false;
    while (!closing) {
      try {
        if (!begun) {
          outbox.begin(now());
          begun = true;
        } else {
          gather(settled, LOOKED_EVERY_MILLIS);
        }
        while (!closing && turn(settled)) {
          gather(settled, 0);
        }
      } catch (InterruptedException e) {
        closing = true;
      } catch (RuntimeException e) {
        if (!closing) {
          LOG.warn("The outbox cannot be worked on; trying again", e);
          pause();
        }
      }
    }
    finish(settled);
  }

  /** Waits for a sign, then takes all there are. */
  private void gather(List<Settlement> settled, long millis) throws InterruptedException {
    Signal first = signals.poll(millis, TimeUnit.MILLISECONDS);
    List<Signal> all = new ArrayList<>();
    if (first != null) {
      all.add(first);
      signals.drainTo(all);
    }
    for (Signal signal : all) {
      if (signal instanceof Settled(Settlement settlement)) {
        settled.add(settlement);
        if (settlement.lane().failures() == 0) {
          healthy++;
        } else {
          suspect++;
        }
      }
    }
  }

  /** One turn; false when there is nothing to do for now. */
  private boolean turn(List<Settlement> settled) {
    long now = now();
    if (settled.isEmpty() && !outbox.anything(now)) {
      return false;
    }
    List<Lane> lanes = outbox.turn(settled, healthy, suspect, lease, now);
    boolean worked = !settled.isEmpty() || !lanes.isEmpty();
    settled.clear();
    for (Lane lane : lanes) {
      if (lane.failures() == 0) {
        healthy--;
      } else {
        suspect--;
      }
      couriers.execute(() -> deliver(lane));
    }
    return worked;
  }

  private void deliver(Lane lane) {
    Settlement settlement;
    try {
      settlement = courier.deliver(lane);
    } catch (InterruptedException e) {
      return; // The server stops, and whoever comes next sends it.
    } catch (RuntimeException e) {
      if (closing) {
        return;
      }
      LOG.error("Nothing could be sent to lane {}", lane.id(), e);
      settlement =
          new Settlement(
              lane,
              List.of(),
              List.of(),
              List.of(),
              new Verdict.Badly(
                  now() + Ticks.of(Duration.ofMinutes(1)), Long.MIN_VALUE, "internal"));
    }
    signals.add(new Settled(settlement));
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(AFTER_TROUBLE_MILLIS);
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  /** What has been taken is taken down; what is on its way is sent again after the next start. */
  private void finish(List<Settlement> settled) {
    try {
      gather(settled, 0);
      if (!settled.isEmpty()) {
        outbox.turn(settled, 0, 0, lease, now());
      }
    } catch (InterruptedException | RuntimeException e) {
      LOG.warn("What was sent last could not be taken down; it will be sent again", e);
    }
  }

  private long now() {
    return Ticks.of(clock.instant());
  }

  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    couriers.shutdownNow();
  }
}
