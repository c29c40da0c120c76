package dev.aftercall.notification;

import java.util.UUID;

/**
 * Somebody whom the operator wants told of everything that becomes visible in a tenant. Its lane
 * bears its name, so that what waits follows it to a new address.
 */
public record Sink(Lane.Kind kind, String name, UUID tenant) {
  /**
   * What stands in the place of a subscription's id: {@code webhook/NAME} or {@code kafka/NAME}.
   */
  public String key() {
    return (kind == Lane.Kind.KAFKA ? "kafka/" : "webhook/") + name;
  }
}
