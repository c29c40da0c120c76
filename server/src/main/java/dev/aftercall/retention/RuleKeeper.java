package dev.aftercall.retention;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps retention rules. Every method is one durable transaction. */
public interface RuleKeeper {
  /** All of a tenant, by name. */
  List<RetentionRule> all(UUID tenant);

  /** Finds a rule. */
  Optional<RetentionRule> find(UUID tenant, UUID id);

  /** Makes a rule. */
  Made make(UUID tenant, RetentionRule rule);

  /** Replaces a rule by one of the same id. */
  Made replace(UUID tenant, RetentionRule rule, Optional<Long> ifVersion);

  /** Removes a rule. */
  Archive.Changed remove(UUID tenant, UUID id, Optional<Long> ifVersion);

  /** What became of it. */
  enum Made {
    /** It is made. */
    DONE,
    /** There is none of that id. */
    UNKNOWN,
    /** Somebody else changed it meanwhile. */
    STALE,
    /** Another rule has the name, the scope or the group's rank. */
    CLASH
  }
}
