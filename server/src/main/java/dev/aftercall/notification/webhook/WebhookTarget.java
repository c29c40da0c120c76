package dev.aftercall.notification.webhook;

import dev.aftercall.notification.Lane;
import dev.aftercall.notification.Sink;
import java.util.UUID;

/**
 * A webhook that an operator wants told.
 *
 * @param name what the operator calls it
 * @param key what events are signed with
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record WebhookTarget(String name, UUID tenant, String url, byte[] key) {
  /** The sink it is. */
  public Sink sink() {
    return new Sink(Lane.Kind.CLOUDEVENTS, name, tenant);
  }

  /** The key stays out of logs. */
  @Override
  public String toString() {
    return name + " at " + url;
  }
}
