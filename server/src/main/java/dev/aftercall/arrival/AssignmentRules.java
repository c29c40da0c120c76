package dev.aftercall.arrival;

import dev.aftercall.change.Precondition;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps the rules of tenants. Every method is one durable transaction. */
public interface AssignmentRules {
  /** A tenant's rules, the one that counts first first. */
  List<AssignmentRule> all(UUID tenant);

  /** A rule by its name. */
  Optional<AssignmentRule> find(UUID tenant, String name);

  /**
   * Makes or replaces a rule.
   *
   * @return whether it is new
   * @throws dev.aftercall.change.ChangeRefused where the precondition does not hold
   */
  boolean put(UUID tenant, AssignmentRule rule, Precondition precondition);

  /**
   * Removes a rule.
   *
   * @throws dev.aftercall.change.ChangeRefused where there is none, or the precondition does not
   *     hold
   */
  void remove(UUID tenant, String name, Precondition precondition);
}
