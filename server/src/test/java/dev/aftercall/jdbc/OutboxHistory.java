package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.SubscriptionAccess.Scope;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.notification.Lane;
import dev.aftercall.notification.Settlement;
import dev.aftercall.notification.Settlement.Verdict;
import dev.aftercall.notification.Sink;
import dev.aftercall.notification.Subscription;
import dev.aftercall.notification.Subscriptions.Outcome;
import dev.aftercall.notification.Subscriptions.Quotas;
import dev.aftercall.notification.Topic;
import dev.aftercall.notification.Waiting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;

/** One history of an outbox in a tenant of its own, and what must be true of it. */
final class OutboxHistory {
  private static final int STEPS = 60;
  private static final long FOREVER = Stock.START * 2;
  private static final long SECOND = Ticks.of(Duration.ofSeconds(1));

  private final Database database;
  private final String name;
  private final SplittableRandom random;
  private final Map<String, Integer> met;
  private final Ids ids;
  private final UUID tenant;
  private final Sink sink;
  private final Stock stock;
  private final JdbcSubscriptions subscriptions;
  private final SubscriptionDesk desk;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Meeting> meetings = new ArrayList<>();
  private final Map<String, Subscriber> subscribers = new HashMap<>();
  private long now = Stock.START;
  private long position;

  /** One who is told, and what of. */
  private static final class Subscriber {
    private final Optional<Subscription> subscription;
    private final Set<Long> due = new TreeSet<>();
    private final Set<Long> told = new TreeSet<>();
    private boolean ended;

    private Subscriber(Optional<Subscription> subscription) {
      this.subscription = subscription;
    }
  }

  /** A server: what it has leased, and what it has not taken down yet. */
  private final class Node {
    private final JdbcOutbox outbox = new JdbcOutbox(database, ids, List.of(sink));
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Settlement> settled = new ArrayList<>();
    private String lease = ids.guid().toString();

    private void turn() {
      if (settled.isEmpty() && !outbox.anything(now)) {
        return;
      }
      lanes.addAll(outbox.turn(settled, 1 + random.nextInt(4), 1 + random.nextInt(4), lease, now));
      settled.clear();
    }

    private void die() {
      count("deaths");
      lanes.clear();
      settled.clear();
      lease = ids.guid().toString();
      outbox.begin(now);
    }
  }

  OutboxHistory(Database database, Stock stock, long seed, int number, Map<String, Integer> met) {
    this.database = database;
    this.name = "seed " + seed + ", history " + number;
    this.random = new SplittableRandom(seed + number);
    this.met = met;
    this.ids = Ids.repeatable(seed * 31 + number);
    this.tenant = ids.guid();
    this.sink = new Sink(Lane.Kind.CLOUDEVENTS, "ours", tenant);
    this.stock = stock;
    this.subscriptions = new JdbcSubscriptions(database, ids);
    this.desk = new SubscriptionDesk(database, tenant);
    subscribers.put(sink.key(), new Subscriber(Optional.empty()));
    for (int i = 0; i < (database.embedded() ? 1 : 2); i++) {
      nodes.add(new Node());
    }
  }

  void live() {
    nodes.forEach(node -> node.outbox.begin(now));
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    drain();
    subscribers.forEach(this::judge);
  }

  private void count(String what) {
    met.merge(what, 1, Integer::sum);
  }

  private void step() {
    Node node = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(14)) {
      case 0, 1, 2 -> record();
      case 3, 4 -> subscribe();
      case 5 -> end();
      case 6 -> move();
      case 7 -> now += SECOND * random.nextInt(1, 60);
      case 8 -> {
        if (random.nextInt(3) == 0) {
          node.die();
        }
      }
      case 9, 10 -> node.turn();
      default -> {
        if (!node.lanes.isEmpty()) {
          deliver(node, node.lanes.remove(random.nextInt(node.lanes.size())), random.nextInt(8));
        }
      }
    }
  }

  private void record() {
    Meeting meeting;
    if (meetings.size() < 3) {
      meeting = stock.meeting(tenant, ids.guid(), MeetingType.SCHEDULED, meetings.size() == 2);
      meetings.add(meeting);
    } else {
      meeting = meetings.get(random.nextInt(meetings.size()));
      stock.add(meeting);
    }
    position++;
    List<String> topics = Topic.keys(Artifact.Kind.RECORDING, meeting);
    for (Subscriber subscriber : subscribers.values()) {
      boolean wants =
          subscriber.subscription.map(it -> topics.contains(it.topic().key())).orElse(true);
      if (wants && !subscriber.ended) {
        subscriber.due.add(position);
      }
    }
  }

  private Scope scope() {
    if (meetings.isEmpty() || random.nextBoolean()) {
      return new Scope.Everything();
    }
    Meeting meeting = meetings.get(random.nextInt(meetings.size()));
    return random.nextBoolean()
        ? new Scope.OfPerson(meeting.organizer())
        : new Scope.OfMeeting(meeting.id(), false);
  }

  private String url() {
    return "https://example.com/" + random.nextInt(3);
  }

  private void subscribe() {
    String app = "app" + random.nextInt(3);
    Subscription wanted =
        new Subscription(
            ids.guid(),
            new Caller.Application(tenant, app, "", Set.of("some")),
            new Topic(Artifact.Kind.RECORDING, false, scope()),
            "resource",
            new Subscription.Target(url(), Optional.empty(), Optional.empty(), "v1_2"),
            Optional.empty(),
            now,
            FOREVER,
            FOREVER);
    if (subscriptions.create(wanted, Quotas.GRAPH, now) == Outcome.CREATED) {
      subscribers.put(wanted.id().toString(), new Subscriber(Optional.of(wanted)));
    }
  }

  private Optional<Subscriber> some() {
    List<Subscriber> living =
        subscribers.values().stream()
            .filter(it -> it.subscription.isPresent() && !it.ended)
            .sorted((one, other) -> id(one).compareTo(id(other)))
            .toList();
    return living.isEmpty()
        ? Optional.empty()
        : Optional.of(living.get(random.nextInt(living.size())));
  }

  private static String id(Subscriber subscriber) {
    return subscriber.subscription.orElseThrow().id().toString();
  }

  private void end() {
    some()
        .ifPresent(
            it -> {
              boolean ended =
                  random.nextBoolean()
                      ? subscriptions.delete(tenant, UUID.fromString(id(it)))
                      : desk.remove(id(it), now);
              assertThat(ended).as(name).isTrue();
              it.ended = true;
              count("ended");
            });
  }

  private void move() {
    some()
        .ifPresent(
            it -> {
              Subscription moved = it.subscription.orElseThrow().at(url(), Optional.empty());
              assertThat(subscriptions.replace(moved, now)).as(name).isTrue();
              count("moved");
            });
  }

  private void deliver(Node node, Lane lane, int fate) {
    List<Waiting> items = node.outbox.waiting(lane, 1 + random.nextInt(5), now);
    if (fate == 0) {
      count("lost"); // Neither sent nor taken down; the lease runs out.
      return;
    }
    Map<String, Long> last = new HashMap<>();
    List<Waiting.Key> keys = new ArrayList<>();
    for (Waiting item : items) {
      keys.add(item.key());
      Subscriber subscriber = subscribers.get(item.key().subscription());
      assertThat(subscriber).as(name).isNotNull();
      assertThat(subscriber.ended).as("%s: told after its end", name).isFalse();
      assertThat(subscriber.due).as(name).contains(item.key().position());
      assertThat(last.getOrDefault(item.key().subscription(), 0L))
          .as("%s: in order", name)
          .isLessThan(item.key().position());
      last.put(item.key().subscription(), item.key().position());
      if (fate > 1) {
        hear(subscriber, item.key());
      }
    }
    boolean well = fate > 2;
    node.settled.add(
        new Settlement(
            lane,
            well ? keys : List.of(),
            List.of(),
            List.of(),
            well
                ? new Verdict.Well()
                : new Verdict.Badly(
                    now + SECOND * 2,
                    random.nextInt(4) == 0 ? now - SECOND * 30 : Long.MIN_VALUE,
                    "500")));
  }

  private void hear(Subscriber subscriber, Waiting.Key key) {
    long at = key.position();
    if (!subscriber.told.add(at)) {
      count("told again");
      return;
    }
    count("told");
    Set<Long> before = new TreeSet<>(subscriber.due);
    before.removeIf(it -> it >= at);
    before.removeAll(subscriber.told);
    before.removeAll(dead(key.subscription()));
    assertThat(before).as("%s: %s was told before these", name, at).isEmpty();
  }

  private Set<Long> dead(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("select position from notification_dead where subscription_id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .set());
  }

  /** All is well from now on. */
  private void drain() {
    for (int left = 100; left > 0; left--) {
      now += Ticks.of(Duration.ofMinutes(1));
      for (Node node : nodes) {
        node.turn();
        Collections.reverse(node.lanes);
        while (!node.lanes.isEmpty()) {
          deliver(node, node.lanes.removeLast(), 7);
        }
      }
      boolean idle =
          nodes.stream().allMatch(node -> node.settled.isEmpty() && !node.outbox.anything(now));
      if (idle) {
        return;
      }
    }
    throw new AssertionError(name + ": the outbox is never done");
  }

  private void judge(String id, Subscriber subscriber) {
    if (subscriber.ended) {
      return;
    }
    Set<Long> missing = new TreeSet<>(subscriber.due);
    missing.removeAll(subscriber.told);
    Set<Long> dead = dead(id);
    met.merge("given up", dead.size(), Integer::sum);
    missing.removeAll(dead);
    assertThat(missing).as("%s: %s was never told of these", name, id).isEmpty();
    assertThat(desk.find(id).map(SubscriptionDesk.Standing::waiting).orElse(0L)).isZero();
  }
}
