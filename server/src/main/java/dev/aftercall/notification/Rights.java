package dev.aftercall.notification;

/** Decides at delivery whether a subscriber may still be told. */
@FunctionalInterface
public interface Rights {
  /** Whether the subscription's owner may see that, by the rules of this moment. */
  boolean mayHear(Subscription subscription, Told told);
}
