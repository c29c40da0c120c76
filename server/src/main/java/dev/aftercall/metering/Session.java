package dev.aftercall.metering;

/**
 * A download session: requests of one caller of one application for one content that are counted
 * once. It is open until half an hour after it began; whatever of it happens in the second half of
 * that time makes it half an hour from then on. So it ends 15 to 30 minutes after it was last used.
 *
 * @param ordinal of the session among those with the same caller, application and content
 * @param month {@code 2024-05}, in UTC, when it began
 * @param unitPrice millionths of the currency's unit a minute
 * @param began ticks
 * @param until ticks
 * @param confirmed whether a byte of it was sent
 */
public record Session(
    Retrieval retrieval,
    long ordinal,
    String month,
    Plan plan,
    long unitPrice,
    long began,
    long until,
    boolean confirmed) {
  private static final long TICKS_PER_MINUTE = 60L * 10_000_000;

  /** How long a session is open without more of it. */
  public static final long OPEN_TICKS = 30 * TICKS_PER_MINUTE;

  private static final long HALF = OPEN_TICKS / 2;

  /** Whether a request at that time belongs to it. */
  public boolean open(long now) {
    return now < until;
  }

  /** Whether what happens at that time makes it longer. */
  public boolean prolongs(long now) {
    return now >= until - HALF;
  }

  /** The same, open until half an hour from then. */
  public Session prolonged(long now) {
    return new Session(
        retrieval, ordinal, month, plan, unitPrice, began, now + OPEN_TICKS, confirmed);
  }
}
