package dev.aftercall.ruling;

import dev.aftercall.change.ChangeRefused;
import java.util.List;

/**
 * An application access policy.
 *
 * @param appIds the client ids of the applications it lets in
 */
public record Policy(String name, String description, List<String> appIds) {
  /** The longest name. */
  public static final int LONGEST_NAME = 128;

  /** Sorts the applications and drops repeated ones. */
  public Policy {
    appIds = appIds.stream().sorted().distinct().toList();
  }

  /**
   * A policy that is to be kept.
   *
   * @throws ChangeRefused when the name cannot stand in a path as it is
   */
  public static Policy named(String name, String description, List<String> appIds) {
    if (name.isBlank()
        || !name.equals(name.strip())
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)
        || name.contains("/")
        || name.contains("(")) {
      throw new ChangeRefused(
          ChangeRefused.Reason.INVALID,
          "'" + name + "' cannot be the name of a policy.",
          "Choose 1 to "
              + LONGEST_NAME
              + " characters without '/', '(' and control characters, and no blank at either"
              + " end.");
    }
    return new Policy(name, description, appIds);
  }
}
