package dev.aftercall.shadow;

import java.util.UUID;

/**
 * Decisions that would have been others.
 *
 * @param person whose path or meetings; empty text for nobody's
 * @param decided {@code allow} with what it was allowed by, or the rule that said no
 * @param shadow the same by the rules that somebody thinks of
 */
public record Difference(
    UUID tenant, String appId, String person, String action, String decided, String shadow) {
  /** In the order in which they are listed, unlike for unlike differences. */
  public String key() {
    return String.join("\n", appId, person, action, decided, shadow);
  }

  /**
   * A difference as it is kept.
   *
   * @param firstSeen ticks
   * @param lastSeen ticks
   */
  public record Counted(Difference difference, long count, long firstSeen, long lastSeen) {}
}
