package dev.aftercall.access;

import java.util.UUID;

/** Holds the rules in force. */
@FunctionalInterface
public interface RuleBook {
  /** The tenant's rules as they stand now; {@link Rules#NONE} for a tenant nobody has ruled. */
  Rules of(UUID tenant);

  /** Hears of every decision that was made by these rules. */
  default SecondOpinion secondOpinion() {
    return SecondOpinion.NONE;
  }
}
