package dev.aftercall.jdbc;

import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.journal.Ranges;
import dev.aftercall.journal.Written;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The journal's rows as records. */
final class JournalRows {
  static final String COLUMNS =
      "entry_id, at_ticks, request_id, caller_id, app_id, action, target_id, rule, allowed,"
          + " status, bytes_sent, whole, ranges, minutes";

  private JournalRows() {}

  static Written written(ResultSet row, UUID tenant) throws SQLException {
    return new Written(
        row.getString("entry_id"),
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
                row.getInt("whole") != 0,
                Ranges.parse(row.getString("ranges")),
                row.getLong("minutes"))));
  }

  static Chain.Link link(ResultSet row, UUID tenant) throws SQLException {
    return new Chain.Link(row.getLong("seq"), written(row, tenant), row.getString("hash"));
  }
}
