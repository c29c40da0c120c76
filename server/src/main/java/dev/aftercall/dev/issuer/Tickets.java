package dev.aftercall.dev.issuer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Things given out for a while under an unguessable name. All live equally long, so the first is
 * always the next to end; when there are too many, it goes before its time.
 */
final class Tickets<T> {
  private record Ticket<T>(T value, Instant ends) {}

  private final Map<String, Ticket<T>> tickets = new LinkedHashMap<>();
  private final int most;
  private final Duration life;
  private final InstantSource clock;

  Tickets(int most, Duration life, InstantSource clock) {
    this.most = most;
    this.life = life;
    this.clock = clock;
  }

  synchronized void put(String name, T value) {
    Instant now = clock.instant();
    tickets.put(name, new Ticket<>(value, now.plus(life)));
    Iterator<Ticket<T>> eldest = tickets.values().iterator();
    while (eldest.hasNext() && (eldest.next().ends().isBefore(now) || tickets.size() > most)) {
      eldest.remove();
    }
  }

  synchronized Optional<T> get(String name) {
    return Optional.ofNullable(tickets.get(name))
        .filter(ticket -> ticket.ends().isAfter(clock.instant()))
        .map(Ticket::value);
  }

  /** Gets it so that nobody gets it again. */
  synchronized Optional<T> take(String name) {
    Optional<T> value = get(name);
    tickets.remove(name);
    return value;
  }

  synchronized int size() {
    return tickets.size();
  }
}
