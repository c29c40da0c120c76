package dev.aftercall.ruling;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Where application access policies are kept. Each change is one transaction; running servers obey
 * within a second.
 */
public interface Policies {
  /** Policies by name; {@link Paging#after} is a name. */
  Page<Versioned<Policy>> list(UUID tenant, Paging paging);

  /** The policy of that name. */
  Optional<Versioned<Policy>> find(UUID tenant, String name);

  /**
   * The policy of that name.
   *
   * @throws ChangeRefused when there is none
   */
  default Versioned<Policy> get(UUID tenant, String name) {
    return find(tenant, name).orElseThrow(() -> none(name));
  }

  /** There is no such policy. */
  static ChangeRefused none(String name) {
    return ChangeRefused.notFound(
        "There is no policy '" + name + "'.",
        "See them with GET /admin/v1/policies or 'aftercall policy list'.");
  }

  /** A policy as it stands now, and whether it was made by this. */
  record Saved(Versioned<Policy> policy, boolean created) {}

  /**
   * Makes a policy or replaces one.
   *
   * @throws ChangeRefused when the precondition does not hold
   */
  Saved put(UUID tenant, Policy policy, Precondition precondition);

  /**
   * Changes a policy.
   *
   * @param change what becomes of it as it stands; keeps the name
   * @throws ChangeRefused when there is none, or the precondition does not hold
   */
  Versioned<Policy> change(
      UUID tenant, String name, Precondition precondition, UnaryOperator<Policy> change);

  /**
   * Removes a policy with its grants.
   *
   * @throws ChangeRefused when there is none, or the precondition does not hold
   */
  void remove(UUID tenant, String name, Precondition precondition);
}
