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
import dev.aftercall.journal.Journal;
import dev.aftercall.notification.Dispatcher;
import dev.aftercall.notification.Notifications;
import dev.aftercall.notification.ValidationTokens;
import dev.aftercall.notification.webhook.Webhooks;
import dev.aftercall.time.Ticks;
import java.util.ArrayList;
import java.util.List;

/** The part of the wiring diagram that tells subscribers. */
record Telling(
    List<Route> routes,
    JdbcOutbox outbox,
    Dispatcher dispatcher,
    Webhooks webhooks,
    Sinks sinks,
    Server.Parts parts)
    implements AutoCloseable {
  static Telling start(Server.Parts parts, RuleBook rules, Journal journal) {
    Webhooks webhooks = new Webhooks(parts.notifications().addresses(), parts.ids());
    ValidationTokens tokens = tokens(parts);
    Sinks sinks = Sinks.of(parts.notifications(), parts.ids(), parts.clock());
    JdbcOutbox outbox =
        new JdbcOutbox(parts.database(), parts.ids(), List.copyOf(sinks.ways().keySet()));
    Dispatcher dispatcher =
        Notifications.start(
            outbox,
            new DeliveryGate(rules, journal, parts.clock()),
            webhooks,
            tokens,
            sinks.ways(),
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
    return new Telling(routes, outbox, dispatcher, webhooks, sinks, parts);
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
