package dev.aftercall.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

/** How much waits in the outbox, for those who watch it; asked when somebody reads, and cheap. */
public final class OutboxGauges {
  /** Counting ends here: whoever has so many knows enough, and a count reads every row. */
  private static final int COUNTED = 100_000;

  static final String CHANGES =
      "select coalesce(sum(c.position - t.position), 0) from notification_tenant t"
          + " join change_counter c on c.tenant_id = t.tenant_id and c.position > t.position";

  /** By the index over what is due: lanes in which nothing may be told are not looked at. */
  static final String OLDEST =
      "select min(oldest) from (select (select min(n.entered_ticks) from notification n"
          + " where n.lane_id = l.lane_id) as oldest"
          + " from notification_lane l where l.due_ticks is not null) waiting";

  private final Database database;

  /** Looks at that database. */
  public OutboxGauges(Database database) {
    this.database = database;
  }

  static String counted(String table) {
    return "select count(*) from (select 1 from " + table + " limit " + COUNTED + ") counted";
  }

  /**
   * Changes that are not turned into notifications yet, notifications that wait, and those given
   * up; of each 100,000 at most.
   */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("change", number(CHANGES));
    counts.put("waiting", number(counted("notification")));
    counts.put("dead", number(counted("notification_dead")));
    return counts;
  }

  /** Ticks since when the oldest waits that may be told; the time that is given when none does. */
  public long oldest(long now) {
    long oldest = number(OLDEST);
    return oldest == 0 ? now : oldest;
  }

  private long number(String sql) {
    return database.read(
        handle -> handle.createQuery(sql).map((row, context) -> row.getLong(1)).one());
  }
}
