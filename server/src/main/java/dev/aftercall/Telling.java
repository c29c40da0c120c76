package dev.aftercall;

import dev.aftercall.access.RuleBook;
import dev.aftercall.gate.DeliveryGate;
import dev.aftercall.gate.SubscriptionGate;
import dev.aftercall.http.ChangeSubscriptions;
import dev.aftercall.http.NotificationKeys;
import dev.aftercall.http.Route;
import dev.aftercall.jdbc.JdbcInventory;
import dev.aftercall.jdbc.JdbcOutbox;
import dev.aftercall.jdbc.JdbcSecrets;
import dev.aftercall.jdbc.JdbcSubscriptions;
import dev.aftercall.jdbc.OutboxGauges;
import dev.aftercall.journal.Journal;
import dev.aftercall.metrics.LabelledCounter;
import dev.aftercall.metrics.Metrics;
import dev.aftercall.notification.Dispatcher;
import dev.aftercall.notification.Notifications;
import dev.aftercall.notification.ValidationTokens;
import dev.aftercall.notification.webhook.Webhooks;
import dev.aftercall.time.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The part of the wiring diagram that tells subscribers. */
record Telling(
    List<Route> routes,
    JdbcOutbox outbox,
    Dispatcher dispatcher,
    Webhooks webhooks,
    Sinks sinks,
    LabelledCounter attempts,
    Server.Parts parts)
    implements AutoCloseable {
  static Telling of(Server.Parts parts, RuleBook rules, Journal journal) {
    Webhooks webhooks = new Webhooks(parts.notifications().addresses(), parts.ids());
    ValidationTokens tokens = tokens(parts);
    Sinks sinks = Sinks.of(parts.notifications(), parts.ids(), parts.clock());
    JdbcOutbox outbox =
        new JdbcOutbox(parts.database(), parts.ids(), List.copyOf(sinks.ways().keySet()));
    LabelledCounter attempts =
        new LabelledCounter(
            "aftercall_notification_attempts",
            "Attempts to tell, by what was sent and what came of it; none where nobody answered.",
            "kind",
            "outcome");
    Dispatcher dispatcher =
        Notifications.dispatcher(
            outbox,
            new DeliveryGate(rules, journal, parts.clock()),
            webhooks,
            tokens,
            sinks.ways(),
            (kind, outcome) -> attempts.count(kind.name().toLowerCase(Locale.ROOT), outcome),
            parts.ids(),
            parts.clock());
    SubscriptionGate gate =
        new SubscriptionGate(
            rules,
            new JdbcInventory(parts.database()),
            new JdbcSubscriptions(parts.database(), parts.ids()),
            webhooks,
            journal,
            parts.ids(),
            parts.clock());
    boolean adhocCalls = !parts.cloud().adhocVersions().isEmpty();
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new ChangeSubscriptions(gate, adhocCalls, parts.clock())
            .routes(parts.cloud().meetingVersions()));
    routes.addAll(new NotificationKeys(tokens).routes());
    return new Telling(routes, outbox, dispatcher, webhooks, sinks, attempts, parts);
  }

  /** The key is made when it is first asked for: no start waits for it. */
  private static ValidationTokens tokens(Server.Parts parts) {
    JdbcSecrets secrets = new JdbcSecrets(parts.database(), parts.ids());
    return new ValidationTokens(
        () -> secrets.of("validation tokens", ValidationTokens::newKey),
        parts.cloud().stsHost(),
        parts.ids(),
        parts.clock());
  }

  /** Shows those who watch how telling goes. */
  void watched(Metrics metrics) {
    OutboxGauges gauges = new OutboxGauges(parts.database());
    metrics
        .counter(attempts)
        .gauge(
            "aftercall_notifications",
            "Changes not turned into notifications yet, those that wait, and those given up; counted"
                + " up to 100000.",
            "state",
            gauges::counts)
        .level(
            "aftercall_notifications_oldest_seconds",
            "How long the oldest notification waits that may be told.",
            () -> {
              long now = Ticks.of(parts.clock().instant());
              return Math.max(0, now - gauges.oldest(now)) / 1e7;
            });
  }

  /** Starts to tell: behind whoever waits for an answer, since it gets JDBI going. */
  void begin() {
    dispatcher.start();
  }

  /** Something became visible. */
  void wake() {
    dispatcher.wake();
  }

  void tidy() {
    outbox.tidy(Ticks.of(parts.clock().instant()));
  }

  @Override
  public void close() {
    dispatcher.close();
    sinks.close();
    webhooks.close();
  }
}
