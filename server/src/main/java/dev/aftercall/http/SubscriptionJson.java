package dev.aftercall.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.notification.Subscription;
import dev.aftercall.time.Ticks;

/** A subscription as Graph shows it; certificates are never shown again. */
final class SubscriptionJson {
  private SubscriptionJson() {}

  /**
   * One subscription.
   *
   * @param secret whether the client's own secret is repeated, as in the answer that made it
   */
  static ObjectNode tree(Subscription subscription, boolean secret) {
    Subscription.Target target = subscription.target();
    ObjectNode json = JsonBody.JSON.createObjectNode();
    json.put("id", subscription.id().toString());
    json.put("resource", subscription.resource());
    json.put("applicationId", subscription.owner().appId());
    json.put("changeType", Subscription.CHANGE_TYPE);
    json.put("clientState", secret ? target.clientState().orElse(null) : null);
    json.put("notificationUrl", target.url());
    json.putNull("notificationQueryOptions");
    json.put("lifecycleNotificationUrl", target.lifecycleUrl().orElse(null));
    json.put("expirationDateTime", Ticks.format(subscription.expires()));
    json.put("creatorId", subscription.owner().who());
    json.put("includeResourceData", subscription.encryption().isPresent());
    json.put("latestSupportedTlsVersion", target.tls());
    json.putNull("encryptionCertificate");
    json.put(
        "encryptionCertificateId",
        subscription.encryption().map(Subscription.Encryption::certificateId).orElse(null));
    json.putNull("notificationUrlAppId");
    return json;
  }
}
