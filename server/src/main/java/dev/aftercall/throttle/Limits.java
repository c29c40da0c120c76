package dev.aftercall.throttle;

/**
 * How many requests a second are let through.
 *
 * @param get for GET and HEAD
 * @param write for POST, PUT and PATCH
 * @param delete for DELETE
 * @param sustainedPercent how much of the peak is let through without end
 */
public record Limits(Rates get, Rates write, Rates delete, int sustainedPercent) {
  /**
   * What Microsoft documents for the Teams service, whose default row holds for recordings.
   *
   * @see <a href="https://learn.microsoft.com/graph/throttling-limits">Throttling limits</a>
   */
  public static final Limits GRAPH =
      new Limits(new Rates(1500, 30, 1, 1), new Rates(300, 30, 1, 1), new Rates(150, 15, 1, 1), 83);

  /**
   * Requests a second: of an application, of one in one tenant, of a person, of an application
   * about one chat; 0 for any number.
   */
  public record Rates(int perApp, int perAppAndTenant, int perUser, int perAppAndChat) {
    /** Any number about one chat. */
    public Rates(int perApp, int perAppAndTenant, int perUser) {
      this(perApp, perAppAndTenant, perUser, 0);
    }
  }

  Rates of(String method) {
    return switch (method) {
      case "GET", "HEAD" -> get;
      case "DELETE" -> delete;
      default -> write;
    };
  }
}
