package dev.aftercall.metering;

/** The month's evaluation capacity is used up. */
public final class CapacityExhausted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Retrieval retrieval;
  private final long usedMinutes;

  CapacityExhausted(Retrieval retrieval, long usedMinutes) {
    super("The evaluation capacity of the month is used up.", null, false, false);
    this.retrieval = retrieval;
    this.usedMinutes = usedMinutes;
  }

  /** What was not let out. */
  public Retrieval retrieval() {
    return retrieval;
  }

  /** Minutes of that meter in this month so far. */
  public long usedMinutes() {
    return usedMinutes;
  }
}
