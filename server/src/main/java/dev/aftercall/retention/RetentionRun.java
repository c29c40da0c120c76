package dev.aftercall.retention;

import dev.aftercall.content.ContentStore;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Written;
import dev.aftercall.retention.RunState.Warning;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks what is due and does it: warns, moves to the trash, purges. A run may end at any instant;
 * the next one, here or on another node, goes on. It does nothing while the clock cannot be
 * trusted, and nothing to a tenant of which it would move too much at one time.
 */
public final class RetentionRun {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionRun.class);

  /** Spares two nodes the same work; that both would do it does no harm. */
  private static final long LEASE = Ticks.of(Duration.ofMinutes(15));

  /** Clocks of several nodes differ by so much. */
  private static final long SKEW = Ticks.of(Duration.ofMinutes(5));

  private static final int BATCH = 200;

  private final Rooms rooms;
  private final Outlook outlook;
  private final Purge purge;
  private final Forewarning forewarning;
  private final RetentionSettings settings;
  private final Ids ids;
  private final InstantSource clock;
  private final String node;

  /** What it works with. */
  public record Rooms(
      Archive archive,
      Trash trash,
      Holds holds,
      RuleKeeper rules,
      RunState state,
      Disposals disposals,
      ContentStore contents,
      Certificates certificates) {}

  /**
   * A run over these stores.
   *
   * @param journal hears what is going to expire
   */
  public RetentionRun(
      Rooms rooms, RetentionSettings settings, Journal journal, Ids ids, InstantSource clock) {
    this.rooms = rooms;
    this.settings = settings;
    this.ids = ids;
    this.clock = clock;
    this.outlook = new Outlook(rooms, settings);
    this.forewarning = new Forewarning(outlook, rooms.state(), settings, journal, ids);
    this.purge =
        new Purge(rooms.trash(), rooms.holds(), rooms.contents(), rooms.certificates(), ids, clock);
    this.node = ids.guid().toString();
  }

  /** How a run ended. */
  public enum Verdict {
    /** It did what it could. */
    DONE,
    /** Another node is at it. */
    ELSEWHERE,
    /** The clock is behind the greatest time that a run has seen. */
    CLOCK_BEHIND,
    /** The clock has gone further than a run may believe unconfirmed. */
    CLOCK_AHEAD
  }

  /**
   * What a run did.
   *
   * @param refused tenants of which too much was due, and how much
   */
  public record Report(
      Verdict verdict,
      long expired,
      long purged,
      long purgedBytes,
      long failed,
      List<Warning> warned,
      Map<UUID, Long> refused) {
    /** Copies what it holds. */
    public Report {
      warned = List.copyOf(warned);
      refused = Map.copyOf(refused);
    }
  }

  /** Runs for every tenant, unless another node is at it. */
  public Report run() {
    long now = now();
    return rooms.state().lead(node, now, now + LEASE)
        ? lead(rooms.archive().tenants(), false, now)
        : nothing(Verdict.ELSEWHERE);
  }

  /**
   * Runs for some tenants by hand, which waits for no other node: one that was killed may seem to
   * be at it still.
   *
   * @param confirmed whether an administrator has seen how much is due and what the clock says
   */
  public Report run(List<UUID> tenants, boolean confirmed) {
    return lead(tenants, confirmed, now());
  }

  private Report lead(List<UUID> tenants, boolean confirmed, long now) {
    try {
      Verdict verdict = trust(now, confirmed);
      if (verdict != Verdict.DONE) {
        LOG.warn(
            "Retention stands still, {}: the clock says {}, the last run saw {}",
            verdict,
            Ticks.format(now),
            Ticks.format(rooms.state().seen()));
        return nothing(verdict);
      }
      rooms.state().see(now);
      return work(tenants, confirmed, now);
    } finally {
      rooms.state().stepBack(node);
    }
  }

  private Verdict trust(long now, boolean confirmed) {
    long seen = rooms.state().seen();
    if (now < seen - SKEW) {
      return Verdict.CLOCK_BEHIND;
    }
    boolean leapt = now > seen + Ticks.of(settings.largestClockStep());
    return seen > 0 && leapt && !confirmed ? Verdict.CLOCK_AHEAD : Verdict.DONE;
  }

  private static Report nothing(Verdict verdict) {
    return new Report(verdict, 0, 0, 0, 0, List.of(), Map.of());
  }

  private Report work(List<UUID> tenants, boolean confirmed, long now) {
    Purge.Done done = purge.resume();
    long expired = 0;
    List<Warning> warned = new ArrayList<>();
    Map<UUID, Long> refused = new HashMap<>();
    for (UUID tenant : tenants) {
      warned.addAll(forewarning.warn(tenant, now));
      Outlook.Forecast due = outlook.at(tenant, now);
      if (!confirmed && tooMuch(tenant, due)) {
        refused.put(tenant, due.expiring().items() + due.purging().items());
        continue;
      }
      expired += expire(tenant, now);
      done = done.and(purge.purge(tenant, settings.purgedBefore(now), due.purging().items()));
    }
    if (expired + done.items() + done.failed() > 0) {
      LOG.info(
          "Retention moved {} items to the trash and purged {} of {} bytes; {} failed",
          expired,
          done.items(),
          done.bytes(),
          done.failed());
    }
    return new Report(
        Verdict.DONE, expired, done.items(), done.bytes(), done.failed(), warned, refused);
  }

  private boolean tooMuch(UUID tenant, Outlook.Forecast due) {
    Archive.Counts counts = rooms.archive().counts(tenant);
    long expiring = due.expiring().items();
    long purging = due.purging().items();
    boolean little =
        settings.allows(expiring, counts.live())
            && settings.allows(purging, counts.live() + counts.trash());
    if (!little) {
      LOG.warn(
          "Retention leaves tenant {} alone: {} of {} items would go to the trash and {} of {} there"
              + " would be purged, more than retention.largest-run allows. See: aftercall retention"
              + " preview; then: aftercall retention run --confirm",
          tenant,
          expiring,
          counts.live(),
          purging,
          counts.trash());
    }
    return !little;
  }

  private long expire(UUID tenant, long now) {
    String run = ids.guid().toString();
    Map<UUID, Removal> batch = new LinkedHashMap<>();
    long[] expired = {0};
    outlook.expiring(
        tenant,
        outlook.rules(tenant),
        now,
        (item, expiry) -> {
          batch.put(item.artifact(), Removal.expired(now, expiry.rule()));
          if (batch.size() == BATCH) {
            expired[0] += move(tenant, batch, run);
          }
        });
    return expired[0] + move(tenant, batch, run);
  }

  /** The journal has an entry of what was moved, and of nothing else, whenever this dies. */
  private int move(UUID tenant, Map<UUID, Removal> batch, String run) {
    if (batch.isEmpty()) {
      return 0;
    }
    int moved =
        rooms
            .trash()
            .remove(
                tenant,
                batch,
                artifact ->
                    new Written(
                        ids.guid().toString(),
                        entry(tenant, artifact, run, Objects.requireNonNull(batch.get(artifact)))));
    batch.clear();
    return moved;
  }

  private static Journal.Entry entry(UUID tenant, UUID artifact, String run, Removal removal) {
    return new Journal.Entry(
        removal.at(),
        run,
        tenant,
        removal.by(),
        "",
        "retention-trash",
        artifact.toString(),
        removal.rule(),
        true,
        Journal.Delivery.NONE);
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
