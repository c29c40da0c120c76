package dev.aftercall;

import dev.aftercall.notification.EventSink;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.notification.Sink;
import dev.aftercall.notification.kafka.KafkaTopic;
import dev.aftercall.notification.webhook.SignedWebhook;
import dev.aftercall.notification.webhook.Webhooks;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.time.Ids;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ways to those whom the operator wants told. They lead wherever the settings say: that an
 * address is not public keeps strangers from naming it, not the operator.
 *
 * @param client of webhooks, where there are any
 */
public record Sinks(Map<Sink, EventSink> ways, Optional<Webhooks> client) implements AutoCloseable {
  /** Those of the settings; nobody is called before there is something to tell. */
  public static Sinks of(NotificationSettings settings, Ids ids, InstantSource clock) {
    Map<Sink, EventSink> ways = new LinkedHashMap<>();
    Optional<Webhooks> client =
        settings.webhooks().isEmpty()
            ? Optional.empty()
            : Optional.of(new Webhooks(new AddressRules(any -> true, true), ids));
    settings
        .webhooks()
        .forEach(
            target ->
                ways.put(target.sink(), new SignedWebhook(target, client.orElseThrow(), clock)));
    settings.topics().forEach(target -> ways.put(target.sink(), new KafkaTopic(target)));
    return new Sinks(ways, client);
  }

  @Override
  public void close() {
    ways.values().forEach(EventSink::close);
    client.ifPresent(Webhooks::close);
  }
}
