package dev.aftercall.notification;

import java.util.Optional;
import java.util.UUID;

/**
 * One notification that waits in a lane.
 *
 * @param entered ticks
 * @param subscription empty when it is gone, or when an operator's own wish is served
 * @param told empty when the artifact is gone, and for events in the life of a subscription
 */
public record Waiting(
    Key key, long entered, Optional<Subscription> subscription, Optional<Told> told) {
  /** Names it within its lane. */
  public record Key(long position, String subscription, Event event) {}

  /** The subscription's id. */
  public UUID subscriptionId() {
    return UUID.fromString(key.subscription());
  }
}
