package dev.aftercall.metering;

import dev.aftercall.time.Ticks;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger as a model: the rule written down as plainly as it can be. */
public final class MemoryLedger implements Ledger {
  private final List<Session> sessions = new ArrayList<>();
  private final Map<String, Plan> plans = new HashMap<>();
  private final Map<String, Long> used = new HashMap<>();

  /** Sets an application's plan. */
  public void plan(String appId, Plan plan) {
    plans.put(appId, plan);
  }

  /** Minutes that were used before, in every month. */
  public void used(String appId, Meter meter, long minutes) {
    used.put(appId + meter, minutes);
  }

  /** What is counted. */
  public synchronized List<Session> sessions() {
    return List.copyOf(sessions);
  }

  @Override
  public synchronized Outcome begin(Retrieval retrieval, long now, Tariff tariff) {
    Optional<Session> open =
        sessions.stream()
            .filter(it -> it.retrieval().equals(retrieval) && it.open(now))
            .findFirst();
    if (open.isPresent()) {
      return new Outcome.Counted(
          open.get().prolongs(now) ? replace(open.get(), open.get().prolonged(now)) : open.get());
    }
    String month = YearMonth.from(Ticks.toInstant(now).atOffset(ZoneOffset.UTC)).toString();
    long minutes = minutes(retrieval, month);
    Plan plan = plans.getOrDefault(retrieval.appId(), Plan.STANDARD);
    Optional<Long> price = tariff.unitPrice(plan, retrieval.meter(), minutes, now);
    if (price.isEmpty()) {
      return new Outcome.Exhausted(minutes);
    }
    long before = sessions.stream().filter(it -> it.retrieval().equals(retrieval)).count();
    Session session =
        new Session(
            retrieval, before + 1, month, plan, price.get(), now, now + Session.OPEN_TICKS, false);
    sessions.add(session);
    return new Outcome.Counted(session);
  }

  private long minutes(Retrieval retrieval, String month) {
    return used.getOrDefault(retrieval.appId() + retrieval.meter(), 0L)
        + sessions.stream()
            .filter(it -> it.month().equals(month))
            .map(Session::retrieval)
            .filter(
                it ->
                    it.tenant().equals(retrieval.tenant())
                        && it.appId().equals(retrieval.appId())
                        && it.meter() == retrieval.meter())
            .mapToLong(Retrieval::minutes)
            .sum();
  }

  @Override
  public synchronized boolean confirm(Session session, long now) {
    Optional<Session> own = own(session);
    if (own.isPresent() && own.get().confirmed()) {
      return false;
    }
    Session it = own.orElse(session);
    long until = it.prolongs(now) ? now + Session.OPEN_TICKS : it.until();
    Session sure =
        new Session(
            it.retrieval(),
            it.ordinal(),
            it.month(),
            it.plan(),
            it.unitPrice(),
            it.began(),
            until,
            true);
    own.ifPresent(sessions::remove);
    sessions.add(sure);
    return true;
  }

  @Override
  public synchronized void prolong(Session session, long now) {
    own(session).ifPresent(own -> replace(own, own.prolonged(now)));
  }

  @Override
  public synchronized void giveBack(Session session) {
    own(session).filter(own -> !own.confirmed()).ifPresent(sessions::remove);
  }

  private Session replace(Session before, Session after) {
    sessions.remove(before);
    sessions.add(after);
    return after;
  }

  private Optional<Session> own(Session session) {
    return sessions.stream()
        .filter(
            it -> it.retrieval().equals(session.retrieval()) && it.ordinal() == session.ordinal())
        .findFirst();
  }
}
