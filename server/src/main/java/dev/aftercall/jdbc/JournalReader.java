package dev.aftercall.jdbc;

import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Chain.Link;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.journal.JournalAccesses;
import dev.aftercall.journal.JournalQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Reads the journal back. */
public final class JournalReader implements JournalAccesses {
  static final String BY_SEQUENCE =
      "select seq, hash, "
          + JournalRows.COLUMNS
          + " from journal where tenant_id = :tenant and seq > :after order by seq limit :most";

  static final String SESSIONS =
      """
      select * from content_session
       where tenant_id = :tenant and artifact_id = :artifact
         and (first_ticks, session_id) < (:at, :id)
         and (bytes_sent > 0 or redirects > 0 or decisions > ends)
       order by first_ticks desc, session_id desc limit :most
      """;

  private final Database database;

  /** Reads from that database. */
  public JournalReader(Database database) {
    this.database = database;
  }

  /** The newest entries of a tenant, newest first. */
  public List<Entry> last(UUID tenant, int count) {
    return page(JournalQuery.of(tenant, count)).stream()
        .map(link -> link.written().entry())
        .toList();
  }

  @Override
  public List<Link> page(JournalQuery wanted) {
    Sql sql = sql(wanted);
    return database.read(
        handle -> {
          Query query = handle.createQuery(sql.text());
          sql.bind(query);
          return query.map((row, context) -> JournalRows.link(row, wanted.tenant())).list();
        });
  }

  static Sql sql(JournalQuery wanted) {
    Sql sql =
        new Sql()
            .add(
                "select seq, hash, " + JournalRows.COLUMNS + " from journal where tenant_id = ?",
                wanted.tenant().toString());
    wanted.caller().ifPresent(caller -> sql.add(" and caller_id = ?", caller));
    wanted.app().ifPresent(app -> sql.add(" and app_id = ?", app));
    wanted.target().ifPresent(target -> sql.add(" and target_id = ?", target));
    // Written out, since the index of refusals alone is found by the text.
    wanted.allowed().ifPresent(allowed -> sql.add(" and allowed = " + (allowed ? 1 : 0)));
    wanted.from().ifPresent(from -> sql.add(" and at_ticks >= ?", from));
    wanted.to().ifPresent(to -> sql.add(" and at_ticks < ?", to));
    wanted
        .after()
        .ifPresent(after -> sql.add(" and (at_ticks, seq) < (?, ?)", after.at(), after.sequence()));
    return sql.add(" order by at_ticks desc, seq desc limit ?", wanted.most());
  }

  /** The entries that come after that place in the chain, in its order. */
  public List<Link> after(UUID tenant, long sequence, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(BY_SEQUENCE)
                .bind("tenant", tenant.toString())
                .bind("after", sequence)
                .bind("most", most)
                .map((row, context) -> JournalRows.link(row, tenant))
                .list());
  }

  /** Where each tenant's chain ends, as the database says. */
  public List<Chain.Head> heads() {
    return database.read(
        handle ->
            handle
                .createQuery("select tenant_id, seq, hash from journal_chain order by tenant_id")
                .map(
                    (row, context) ->
                        new Chain.Head(
                            UUID.fromString(row.getString("tenant_id")),
                            new Chain(row.getLong("seq"), row.getString("hash"))))
                .list());
  }

  @Override
  public List<Access> accesses(UUID tenant, UUID artifact, Optional<Position> after, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(SESSIONS)
                .bind("tenant", tenant.toString())
                .bind("artifact", artifact.toString())
                .bind("at", after.map(Position::first).orElse(Long.MAX_VALUE))
                .bind("id", after.map(Position::id).orElse(""))
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Access(
                            row.getString("caller_id"),
                            row.getString("app_id"),
                            row.getString("action"),
                            ContentSessions.session(row)))
                .list());
  }
}
