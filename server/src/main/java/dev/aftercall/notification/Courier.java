package dev.aftercall.notification;

import dev.aftercall.notification.Settlement.Attempt;
import dev.aftercall.notification.Settlement.Verdict;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.DoubleSupplier;

/** Takes what waits in a lane to its endpoint, once. */
final class Courier {
  private static final int MOST_AT_ONCE = 100;
  private static final Duration FIRST_TRY = Duration.ofSeconds(3);
  private static final Duration LATER_TRY = Duration.ofSeconds(10);

  private final Outbox outbox;
  private final Rights rights;
  private final Packing packing;
  private final DoubleSupplier spread;
  private final InstantSource clock;

  /**
   * So many batches are made ready at one time: when hundreds of lanes are due at once, the first
   * are on their way before the last are begun.
   */
  private final Semaphore benches =
      new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);

  /** Makes a batch ready in the form of its lane's kind. */
  @FunctionalInterface
  interface Packing {
    /** Makes it ready. */
    Parcel pack(Lane lane, List<Waiting> items);
  }

  /** A batch that is ready. */
  @FunctionalInterface
  interface Parcel {
    /**
     * Sends it.
     *
     * @throws IOException when there was no answer
     */
    Carried send(Duration patience) throws IOException;
  }

  /** What is left of a lane's batch once it was decided on, and the parcel unless nothing is. */
  private record Packed(
      List<Waiting> items, List<Waiting.Key> done, List<UUID> refused, Optional<Parcel> parcel) {}

  Courier(
      Outbox outbox, Rights rights, Packing packing, DoubleSupplier spread, InstantSource clock) {
    this.outbox = outbox;
    this.rights = rights;
    this.packing = packing;
    this.spread = spread;
    this.clock = clock;
  }

  /** One attempt. */
  Settlement deliver(Lane lane) throws InterruptedException {
    long now = now();
    Packed packed;
    benches.acquire();
    try {
      packed = pack(lane, now);
    } finally {
      benches.release();
    }
    return packed
        .parcel()
        .map(parcel -> send(lane, packed, parcel, now))
        .orElseGet(
            () ->
                new Settlement(
                    lane, packed.done(), packed.refused(), List.of(), new Verdict.Well()));
  }

  private Packed pack(Lane lane, long now) {
    // After a failure in halves: if one item is what the endpoint chokes on, the others pass.
    int most = Math.max(1, MOST_AT_ONCE >> Math.min(lane.failures(), 7));
    List<Waiting.Key> done = new ArrayList<>();
    List<UUID> refused = new ArrayList<>();
    List<Waiting> items = new ArrayList<>();
    for (Waiting waiting : outbox.waiting(lane, most, now)) {
      switch (look(lane, waiting)) {
        case TELL -> items.add(waiting);
        case GONE -> done.add(waiting.key());
        case REFUSED -> {
          done.add(waiting.key());
          refused.add(waiting.subscriptionId());
        }
      }
    }
    return new Packed(
        items,
        done,
        refused,
        items.isEmpty() ? Optional.empty() : Optional.of(packing.pack(lane, items)));
  }

  private enum Look {
    TELL,
    GONE,
    REFUSED
  }

  private Look look(Lane lane, Waiting waiting) {
    boolean change = waiting.key().event() == Event.CREATED;
    if (change && waiting.told().isEmpty()) {
      return Look.GONE;
    }
    if (lane.kind().sink()) {
      return Look.TELL;
    }
    if (waiting.subscription().isEmpty()) {
      return Look.GONE;
    }
    return !change || rights.mayHear(waiting.subscription().get(), waiting.told().orElseThrow())
        ? Look.TELL
        : Look.REFUSED;
  }

  private Settlement send(Lane lane, Packed packed, Parcel parcel, long now) {
    List<Waiting> items = packed.items();
    List<Waiting.Key> done = new ArrayList<>(packed.done());
    long began = System.nanoTime();
    Carried carried;
    try {
      carried = parcel.send(lane.failures() == 0 ? FIRST_TRY : LATER_TRY);
    } catch (IOException e) {
      carried = Carried.none(items.size(), e.getClass().getSimpleName());
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    items.subList(0, carried.taken()).forEach(item -> done.add(item.key()));
    return new Settlement(
        lane,
        done,
        packed.refused(),
        attempts(lane, items.subList(0, carried.tried()), carried.outcome(), millis, now),
        carried.well() ? new Verdict.Well() : badly(lane, carried));
  }

  private Verdict badly(Lane lane, Carried carried) {
    Instant now = clock.instant();
    Duration pause = Backoff.pause(lane.failures() + 1, spread.getAsDouble());
    Duration wished = Backoff.retryAfter(carried.retryAfter(), now).orElse(Duration.ZERO);
    Duration longer = wished.compareTo(pause) > 0 ? wished : pause;
    return new Verdict.Badly(
        Ticks.of(now.plus(longer)), Ticks.of(now.minus(Backoff.GIVEN_UP_AFTER)), carried.outcome());
  }

  private static List<Attempt> attempts(
      Lane lane, List<Waiting> items, String outcome, long millis, long now) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    items.forEach(item -> counts.merge(item.key().subscription(), 1, Integer::sum));
    List<Attempt> attempts = new ArrayList<>();
    counts.forEach(
        (subscription, count) ->
            attempts.add(
                new Attempt(subscription, now, lane.failures() + 1, count, outcome, millis)));
    return attempts;
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
