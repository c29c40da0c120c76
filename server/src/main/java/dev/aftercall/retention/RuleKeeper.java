package dev.aftercall.retention;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps retention rules. Every method is one durable transaction. */
public interface RuleKeeper {
  /** All of a tenant, by name. */
  List<RetentionRule> all(UUID tenant);

  /** Finds a rule. */
  Optional<RetentionRule> find(UUID tenant, UUID id);

  /**
   * Makes a rule.
   *
   * @throws ChangeRefused CONFLICT when another has the name, the scope or the group's rank
   */
  void make(UUID tenant, RetentionRule rule);

  /**
   * Replaces a rule by one of the same id.
   *
   * @throws ChangeRefused likewise, and when there is none, or it stands otherwise
   */
  void replace(UUID tenant, RetentionRule rule, Precondition precondition);

  /**
   * Removes a rule.
   *
   * @throws ChangeRefused when there is none, or it stands otherwise
   */
  void remove(UUID tenant, UUID id, Precondition precondition);
}
