package dev.aftercall.notification;

import dev.aftercall.notification.kafka.KafkaTarget;
import dev.aftercall.notification.webhook.WebhookTarget;
import dev.aftercall.outbound.AddressRules;
import java.util.List;

/**
 * To whom and how changes are told.
 *
 * @param addresses which may be called for subscribers
 * @param webhooks who hears of everything in a tenant by HTTP
 * @param topics who does through Kafka
 */
public record NotificationSettings(
    AddressRules addresses, List<WebhookTarget> webhooks, List<KafkaTarget> topics) {
  /** Subscribers alone, on this machine too, in plain text: for development and tests. */
  public static final NotificationSettings DEVELOPMENT =
      new NotificationSettings(new AddressRules(any -> false, true), List.of(), List.of());

  /** Copies the lists. */
  public NotificationSettings {
    webhooks = List.copyOf(webhooks);
    topics = List.copyOf(topics);
  }
}
