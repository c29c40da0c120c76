package dev.aftercall.recorder.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrivals;
import dev.aftercall.arrival.Message;
import dev.aftercall.arrival.Source;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.time.Doubling;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one tenant, round by round: each feed from where it was left to its end. Where a feed is
 * left is kept behind the arrivals of each page, so that whatever ends a round, nothing is missed;
 * what is told twice is the same arrival. Used by one thread.
 */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private static final Duration LEASED = Duration.ofMinutes(5);
  private static final long LED = Ticks.of(Duration.ofMinutes(1));
  private static final Duration AWAY = Duration.ofSeconds(30);
  private static final Duration CROWDED = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** More files are not announced while so many wait; each is tried within its week. */
  private static final int MOST_WAITING = 1_000;

  /** Pages of one feed at a time; then others have their turn. */
  private static final int PAGES = 1_000;

  private final Source source;
  private final GraphMirror mirror;
  private final GraphClient client;
  private final Arrivals arrivals;
  private final MirrorStore store;
  private final String name;
  private final String holder;
  private final InstantSource clock;

  private final Deque<Feed> todo = new ArrayDeque<>();
  private final List<String> refused = new ArrayList<>();
  private final MeetingFacts meetings;
  private int told;
  private long ledAt;
  private int failures;
  private long due = Long.MIN_VALUE;

  Follower(
      GraphMirror mirror,
      Arrivals arrivals,
      MirrorStore store,
      String holder,
      InstantSource clock) {
    this.source = mirror.source();
    this.mirror = mirror;
    this.client = mirror.client();
    this.arrivals = arrivals;
    this.store = store;
    this.name = source.tenant() + "/" + source.name();
    this.holder = holder;
    this.clock = clock;
    this.meetings = new MeetingFacts(source.name(), client);
  }

  String source() {
    return source.name();
  }

  /** Seconds since all was followed to its end; empty where it never was. */
  Optional<Long> age() {
    return store.succeeded(name).map(at -> (now() - at) / 10_000_000L);
  }

  /** Follows as far as it comes, if it is time to. */
  void turn() {
    if (now() < due) {
      return;
    }
    try {
      Duration pause = leads() ? round() : AWAY;
      failures = 0;
      later(pause);
    } catch (FetchException e) {
      failures++;
      Duration pause = e.retryAfter().orElse(Doubling.pause(FIRST_PAUSE, LONGEST_PAUSE, failures));
      LOG.warn("Source {}: on again in {}. {}", source(), pause, e.getMessage());
      later(pause);
    } catch (RuntimeException e) {
      failures++;
      LOG.warn("Source {} could not be followed; it is tried again", source(), e);
      later(Doubling.pause(FIRST_PAUSE, LONGEST_PAUSE, failures));
    }
  }

  void leave() {
    ledAt = 0;
    store.stepBack(name, holder);
  }

  /** Whether nobody else follows; asked of the store once a minute, for the lease is far longer. */
  private boolean leads() {
    if (now() - ledAt >= LED) {
      boolean leads = store.lead(name, holder, now(), now() + Ticks.of(LEASED));
      ledAt = leads ? now() : 0;
      return leads;
    }
    return true;
  }

  private void later(Duration pause) {
    due = now() + Ticks.of(pause);
  }

  /** The way through all feeds, from where the last one was interrupted. */
  private Duration round() throws FetchException {
    if (todo.isEmpty()) {
      begin();
    }
    while (!todo.isEmpty()) {
      Feed feed = todo.removeFirst();
      try {
        if (!followed(feed)) {
          todo.addLast(feed);
          return CROWDED;
        }
      } catch (FetchException e) {
        switch (e.kind()) {
          case REFUSED, GONE -> refused.add(String.valueOf(e.getMessage()));
          case BUSY -> {
            todo.addFirst(feed);
            throw e;
          }
          default -> {
            // Others may do better before it has its next turn.
            todo.addLast(feed);
            throw e;
          }
        }
      }
    }
    end();
    return mirror.remote().every();
  }

  private void begin() throws FetchException {
    refused.clear();
    meetings.clear();
    told = 0;
    Set<UUID> organizers = Organizers.of(mirror.remote(), client, refused::add);
    for (UUID organizer : organizers) {
      for (Feed.Of of : Feed.Of.values()) {
        if (!of.calls() || mirror.remote().calls()) {
          todo.addLast(new Feed(of, organizer));
        }
      }
    }
  }

  private void end() {
    if (!refused.isEmpty()) {
      LOG.warn(
          "Source {}: {} feeds could not be followed: {}",
          source(),
          refused.size(),
          String.join(" ", refused.subList(0, Math.min(3, refused.size()))));
      return;
    }
    store.succeed(name, now());
    LOG.info("Source {}: followed to its end; {} items were told", source(), told);
  }

  /**
   * Follows a feed to its end.
   *
   * @return false where it has to wait for its next turn
   */
  private boolean followed(Feed feed) throws FetchException {
    // One that leads elsewhere is of a time when the source had another url.
    Optional<String> left = store.link(name, feed.name()).filter(client::leads);
    String link = left.orElseGet(() -> feed.start(client.service()));
    boolean anew = left.isEmpty();
    for (int page = 0; page < PAGES; page++) {
      if (arrivals.store().untried(source.name(), MOST_WAITING) >= MOST_WAITING
          || Thread.currentThread().isInterrupted()
          || !leads()) {
        return false;
      }
      JsonNode json;
      try {
        json = client.get(link);
      } catch (FetchException e) {
        if (e.kind() != FetchException.Kind.GONE || anew) {
          throw e;
        }
        LOG.warn("Source {}: {} begins anew. {}", source(), feed.name(), e.getMessage());
        store.forget(name, feed.name());
        link = feed.start(client.service());
        anew = true;
        continue;
      }
      announce(feed, json.path("value"));
      String next = json.path("@odata.nextLink").asText();
      String delta = json.path("@odata.deltaLink").asText();
      if (next.isEmpty() && delta.isEmpty()) {
        throw new FetchException(
            FetchException.Kind.BROKEN,
            "A page of " + feed.name() + " says neither where it goes on nor that it is the last.");
      }
      link = next.isEmpty() ? delta : next;
      client.check(link);
      store.keep(name, feed.name(), link);
      failures = 0;
      if (next.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void announce(Feed feed, JsonNode items) throws FetchException {
    for (JsonNode item : items) {
      if (item.has("@removed")) {
        continue; // What is gone there stays here.
      }
      told++;
      Message bare = message(feed, item, Optional.empty());
      try {
        if (!here(mirror.read(bare.envelope()).getFirst())) {
          Message message = message(feed, item, meetings.of(feed, item));
          arrivals.announce(source, message, mirror.read(message.envelope()));
        }
      } catch (IllegalArgumentException e) {
        arrivals.unreadable(source, bare, String.valueOf(e.getMessage()));
      }
    }
  }

  private Message message(Feed feed, JsonNode item, Optional<JsonNode> meeting) {
    return new Message(Item.envelope(feed, client.service(), item, meeting), Optional.empty());
  }

  /** What is told again, after a reset or an unrelated change, needs nothing more. */
  private boolean here(Announcement item) {
    return arrivals
        .store()
        .bySource(source.tenant(), source.name(), item.sourceId())
        .filter(it -> it.state() == Arrival.State.READY)
        .isPresent();
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
