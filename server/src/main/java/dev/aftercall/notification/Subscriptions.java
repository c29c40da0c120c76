package dev.aftercall.notification;

import dev.aftercall.identity.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps subscriptions. Those whose time is over are found no more. */
public interface Subscriptions {
  /**
   * Keeps a new one, if there is room for it.
   *
   * @param now ticks
   */
  Outcome create(Subscription subscription, Quotas quotas, long now);

  /** What became of a new one. */
  enum Outcome {
    /** It is kept. */
    CREATED,
    /** The same application has the very same. */
    DUPLICATE,
    /** The application has one for this resource, told elsewhere. */
    APPLICATION_QUOTA,
    /** Others have taken all there are for this person. */
    PERSON_QUOTA,
    /** The tenant has no room for any. */
    TENANT_QUOTA
  }

  /**
   * How many there may be. For each resource one of an application is always the limit.
   *
   * @param perPerson of all applications together
   */
  record Quotas(int perPerson, int perTenant) {
    /** Microsoft's. */
    public static final Quotas GRAPH = new Quotas(10, 10_000);
  }

  /** One that lives. */
  Optional<Subscription> find(UUID tenant, UUID id, long now);

  /** Those that live of one owner, the oldest first. */
  List<Subscription> of(Caller owner, long now);

  /**
   * Writes one anew that was found before; what waits for it goes where it is told now.
   *
   * @return false when it is gone
   */
  boolean replace(Subscription changed, long now);

  /** Forgets one and all that waits for it. */
  boolean delete(UUID tenant, UUID id);
}
