package dev.aftercall.access;

import java.util.List;

/**
 * Why a request was let in or refused: every rule of its chain in order.
 *
 * @param allowed what was decided
 * @param grounds what let the caller in; empty when nothing did
 * @param failingRule the word of the first rule that failed; empty when none did
 * @param message what the refused caller reads; empty when allowed
 * @param remedy what would satisfy the failing rule; empty when allowed
 */
public record Explanation(
    boolean allowed,
    String grounds,
    String failingRule,
    String message,
    String remedy,
    List<Step> rules) {
  /** Copies the list. */
  public Explanation {
    rules = List.copyOf(rules);
  }

  /** What a rule said. */
  public enum Verdict {
    /** It holds. */
    PASSED,
    /** It does not; nothing behind it was asked. */
    FAILED,
    /** One before it failed, or it does not matter here. */
    NOT_ASKED
  }

  /**
   * One rule.
   *
   * @param rule its word
   * @param question what it asks, for people
   * @param input what it was asked about; empty when it was not
   */
  public record Step(String rule, String question, String input, Verdict verdict) {}
}
