package dev.aftercall.retention;

import dev.aftercall.recording.Inventory.Reason;

/**
 * How an item came into the trash.
 *
 * @param at ticks
 * @param reason deleted or expired
 * @param by object id or client id of who deleted it; {@link #RETENTION} when it expired
 * @param rule name of the rule it expired by; empty when it was deleted
 * @param phase whether it can come back
 */
public record Removal(long at, Reason reason, String by, String rule, Phase phase) {
  /** Who removes what has expired. */
  public static final String RETENTION = "retention";

  /** Whether it can come back. */
  public enum Phase {
    /** It can. */
    KEPT,
    /** Its bytes are going. */
    PURGING
  }

  /** Somebody deletes it. */
  public static Removal deleted(long at, String by) {
    return new Removal(at, Reason.DELETED, by, "", Phase.KEPT);
  }

  /** Its time is over. */
  public static Removal expired(long at, String rule) {
    return new Removal(at, Reason.EXPIRED, RETENTION, rule, Phase.KEPT);
  }
}
