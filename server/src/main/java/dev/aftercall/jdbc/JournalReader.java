package dev.aftercall.jdbc;

import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import java.util.List;
import java.util.UUID;

/** Reads the journal back. */
public final class JournalReader {
  private final Database database;

  /** Reads from that database. */
  public JournalReader(Database database) {
    this.database = database;
  }

  /** The newest entries of a tenant, newest first. */
  public List<Entry> last(UUID tenant, int count) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from journal where tenant_id = :tenant"
                        + " order by at_ticks desc limit :count")
                .bind("tenant", tenant.toString())
                .bind("count", count)
                .map(
                    (row, context) ->
                        new Entry(
                            row.getLong("at_ticks"),
                            row.getString("request_id"),
                            tenant,
                            row.getString("caller_id"),
                            row.getString("app_id"),
                            row.getString("action"),
                            row.getString("target_id"),
                            row.getString("rule"),
                            row.getInt("allowed") != 0,
                            new Delivery(
                                row.getInt("status"),
                                row.getLong("bytes_sent"),
                                row.getInt("whole") != 0)))
                .list());
  }
}
