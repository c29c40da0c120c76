package dev.aftercall.metering;

import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts retrievals of content. Open sessions are remembered, so that the second range of a
 * download asks no database.
 */
public final class Metering {
  private static final Logger LOG = LoggerFactory.getLogger(Metering.class);

  /** What is forgotten is asked of the ledger again. */
  private static final int MOST_REMEMBERED = 50_000;

  private final Ledger ledger;
  private final Tariff tariff;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Open> sessions = new HashMap<>();

  /** Counts in that book by those terms. */
  public Metering(Ledger ledger, Tariff tariff, InstantSource clock) {
    this.ledger = ledger;
    this.tariff = tariff;
    this.clock = clock;
  }

  private record Key(Object tenant, String app, String caller, Object artifact, Form form) {
    static Key of(Retrieval it) {
      return new Key(it.tenant(), it.appId(), it.caller(), it.artifact(), it.form());
    }
  }

  /** A session as this node knows it; guarded by the lock. */
  private static final class Open {
    private Session session;
    private int underWay;
    private boolean confirmed;

    Open(Session session) {
      this.session = session;
      this.confirmed = session.confirmed();
    }
  }

  /** A delivery that is counted. */
  @FunctionalInterface
  public interface Charge {
    /** A delivery that costs nothing. */
    Charge FREE = delivered -> 0;

    /**
     * The delivery is over.
     *
     * @param delivered whether anything was sent
     * @return the minutes that this delivery is counted with: those of the content for the first of
     *     its session, else 0
     */
    long over(boolean delivered);
  }

  /**
   * Counts a retrieval, before the first byte.
   *
   * @throws CapacityExhausted when it may not be
   */
  public Charge begin(Retrieval retrieval) {
    long now = now();
    Key key = Key.of(retrieval);
    Open open = remembered(key, now);
    if (open == null) {
      open =
          switch (ledger.begin(retrieval, now, tariff)) {
            case Ledger.Outcome.Counted(Session session) -> entered(key, session);
            case Ledger.Outcome.Exhausted(long used) ->
                throw new CapacityExhausted(retrieval, used);
          };
    }
    Open entered = open;
    return delivered -> over(key, entered, delivered);
  }

  private @Nullable Open remembered(Key key, long now) {
    lock.lock();
    try {
      Open open = sessions.get(key);
      if (open == null || !open.session.open(now) || open.session.prolongs(now)) {
        return null;
      }
      open.underWay++;
      return open;
    } finally {
      lock.unlock();
    }
  }

  private Open entered(Key key, Session session) {
    lock.lock();
    try {
      Open open = sessions.get(key);
      if (open == null || open.session.ordinal() != session.ordinal()) {
        open = new Open(session);
        sessions.put(key, open);
        bound();
      } else if (session.until() > open.session.until()) {
        open.session = session;
      }
      open.confirmed |= session.confirmed();
      open.underWay++;
      return open;
    } finally {
      lock.unlock();
    }
  }

  private void bound() {
    if (sessions.size() > MOST_REMEMBERED) {
      Iterator<Open> all = sessions.values().iterator();
      while (all.hasNext() && sessions.size() > MOST_REMEMBERED / 2) {
        if (all.next().underWay == 0) {
          all.remove();
        }
      }
    }
  }

  private long over(Key key, Open open, boolean delivered) {
    boolean confirm = false;
    boolean giveBack = false;
    Session session;
    lock.lock();
    try {
      open.underWay--;
      session = open.session;
      if (delivered) {
        confirm = !open.confirmed;
        open.confirmed = true;
      } else if (!open.confirmed && open.underWay == 0) {
        giveBack = sessions.remove(key, open);
      }
    } finally {
      lock.unlock();
    }
    try {
      if (confirm) {
        return ledger.confirm(session, now()) ? session.retrieval().minutes() : 0;
      }
      if (giveBack) {
        ledger.giveBack(session);
      } else if (delivered && session.prolongs(now())) {
        prolong(open);
      }
    } catch (RuntimeException e) {
      LOG.error(
          "How a delivery of {} to {} ended could not be written; it stays counted",
          session.retrieval().artifact(),
          session.retrieval().appId(),
          e);
    }
    return 0;
  }

  /** Keeps the sessions open whose deliveries are under way, and forgets those that are over. */
  public void tidy() {
    long now = now();
    List<Open> busy = new ArrayList<>();
    lock.lock();
    try {
      sessions.values().removeIf(open -> open.underWay == 0 && !open.session.open(now));
      for (Open open : sessions.values()) {
        if (open.underWay > 0 && open.session.prolongs(now)) {
          busy.add(open);
        }
      }
    } finally {
      lock.unlock();
    }
    busy.forEach(this::prolong);
  }

  private void prolong(Open open) {
    long now = now();
    ledger.prolong(open.session, now);
    lock.lock();
    try {
      open.session = open.session.prolonged(now);
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
