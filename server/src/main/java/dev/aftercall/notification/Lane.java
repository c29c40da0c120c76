package dev.aftercall.notification;

import java.util.Optional;
import java.util.UUID;

/**
 * One address of one application in one tenant, and what waits for it in order. Whoever holds the
 * lease sends alone.
 *
 * @param failures how many times in a row it did not answer as it must
 * @param lease names the holder
 */
public record Lane(
    String id, UUID tenant, String appId, Kind kind, String url, int failures, String lease) {
  /** What is sent there. */
  public enum Kind {
    /** Graph's notifications of changes. */
    WEBHOOK,
    /** Graph's notifications of a subscription's own fate. */
    LIFECYCLE,
    /** CloudEvents by HTTP. */
    CLOUDEVENTS,
    /** CloudEvents in a topic of Kafka. */
    KAFKA;

    /** Whether an operator wants it told, and the lane's {@code url} is the name of a sink. */
    public boolean sink() {
      return this == CLOUDEVENTS || this == KAFKA;
    }
  }

  /** The sink that it leads to; empty where it leads to a subscriber. */
  public Optional<Sink> sink() {
    return kind.sink() ? Optional.of(new Sink(kind, url, tenant)) : Optional.empty();
  }
}
