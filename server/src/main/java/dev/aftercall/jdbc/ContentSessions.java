package dev.aftercall.jdbc;

import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.journal.Ranges;
import dev.aftercall.journal.Sessions;
import dev.aftercall.journal.Written;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Who watched or downloaded what, made of the journal's entries as they come: the requests of one
 * viewing as one row. Worked on while the tenant's chain is held.
 */
final class ContentSessions {
  static final String LATEST =
      """
      select * from content_session
       where tenant_id = :tenant and artifact_id = :artifact and caller_id = :caller
         and app_id = :app and action = :action and last_ticks >= :since
       order by last_ticks desc limit 1
      """;

  private final Handle handle;
  private final UUID tenant;

  ContentSessions(Handle handle, UUID tenant) {
    this.handle = handle;
    this.tenant = tenant;
  }

  private record Key(String artifact, String caller, String app, String action) {
    static Key of(Entry entry) {
      return new Key(entry.target(), entry.caller(), entry.appId(), entry.action());
    }
  }

  void add(List<Written> entries) {
    Map<Key, Sessions> touched = new LinkedHashMap<>();
    for (Written written : entries) {
      if (Sessions.concerns(written.entry())) {
        touched
            .computeIfAbsent(Key.of(written.entry()), key -> known(key, written.entry()))
            .add(written);
      }
    }
    touched.forEach(this::keep);
  }

  private Sessions known(Key key, Entry first) {
    Optional<Sessions.Session> latest =
        handle
            .createQuery(LATEST)
            .bind("tenant", tenant.toString())
            .bind("artifact", key.artifact())
            .bind("caller", key.caller())
            .bind("app", key.app())
            .bind("action", key.action())
            .bind("since", first.at() - Sessions.GAP_TICKS)
            .map((row, context) -> session(row))
            .findOne();
    return new Sessions(latest);
  }

  private void keep(Key key, Sessions sessions) {
    for (Sessions.Session session : sessions.changed()) {
      handle.execute(
          """
          insert into content_session (session_id, tenant_id, artifact_id, action, caller_id,
              app_id, rule, first_ticks, last_ticks, decisions, ends, redirects, bytes_sent,
              ranges, minutes)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (session_id) do update set first_ticks = excluded.first_ticks,
              last_ticks = excluded.last_ticks, decisions = excluded.decisions,
              ends = excluded.ends, redirects = excluded.redirects,
              bytes_sent = excluded.bytes_sent, ranges = excluded.ranges,
              minutes = excluded.minutes
          """,
          session.id(),
          tenant.toString(),
          key.artifact(),
          key.action(),
          key.caller(),
          key.app(),
          session.rule(),
          session.first(),
          session.last(),
          session.decisions(),
          session.ends(),
          session.redirects(),
          session.bytes(),
          session.ranges().toString(),
          session.minutes());
    }
  }

  /** The session in a row of {@code content_session}. */
  static Sessions.Session session(ResultSet row) throws SQLException {
    return new Sessions.Session(
        row.getString("session_id"),
        row.getString("rule"),
        row.getLong("first_ticks"),
        row.getLong("last_ticks"),
        row.getLong("decisions"),
        row.getLong("ends"),
        row.getLong("redirects"),
        row.getLong("bytes_sent"),
        Ranges.parse(row.getString("ranges")),
        row.getLong("minutes"));
  }
}
