package dev.aftercall.jdbc;

import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.journal.JournalStore;
import dev.aftercall.journal.Written;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The journal in SQL. A transaction holds the row of each tenant's chain from when it reads its end
 * to the commit, so that the nodes on one database make one chain.
 */
public final class JdbcJournalStore implements JournalStore {
  private static final int IDS_AT_A_TIME = 500;
  private static final String INSERT =
      "insert into journal (tenant_id, seq, hash, "
          + JournalRows.COLUMNS
          + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final Database database;

  /** Writes to that database. */
  public JdbcJournalStore(Database database) {
    this.database = database;
  }

  @Override
  public void append(List<Written> entries) {
    if (entries.isEmpty()) {
      return;
    }
    // Always in the same order, or two nodes would wait for each other's chains.
    Map<UUID, List<Written>> byTenant = new TreeMap<>();
    for (Written written : entries) {
      byTenant.computeIfAbsent(written.entry().tenant(), id -> new ArrayList<>()).add(written);
    }
    database.write(
        handle -> {
          byTenant.forEach((tenant, own) -> append(handle, tenant, own));
          return true;
        });
  }

  /** Appends to one tenant's chain within a transaction, which holds the chain until it commits. */
  static void append(Handle handle, UUID tenant, List<Written> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Chain chain = lock(handle, tenant);
    Set<String> known = known(handle, entries);
    List<Written> fresh = entries.stream().filter(it -> known.add(it.id())).toList();
    if (fresh.isEmpty()) {
      return;
    }
    chain = insert(handle, tenant, chain, fresh);
    handle.execute(
        "update journal_chain set seq = ?, hash = ? where tenant_id = ?",
        chain.sequence(),
        chain.hash(),
        tenant.toString());
    new ContentSessions(handle, tenant).add(fresh);
  }

  /** Plain JDBC: there is a row for every request. */
  private static Chain insert(Handle handle, UUID tenant, Chain from, List<Written> entries) {
    Chain chain = from;
    String owner = tenant.toString();
    try (PreparedStatement batch = handle.getConnection().prepareStatement(INSERT)) {
      for (Written written : entries) {
        Chain.Link link = chain.next(written);
        Entry entry = written.entry();
        Delivery delivery = entry.delivery();
        batch.setString(1, owner);
        batch.setLong(2, link.sequence());
        batch.setString(3, link.hash());
        batch.setString(4, written.id());
        batch.setLong(5, entry.at());
        batch.setString(6, entry.requestId());
        batch.setString(7, entry.caller());
        batch.setString(8, entry.appId());
        batch.setString(9, entry.action());
        batch.setString(10, entry.target());
        batch.setString(11, entry.rule());
        batch.setInt(12, entry.allowed() ? 1 : 0);
        batch.setInt(13, delivery.status());
        batch.setLong(14, delivery.bytes());
        batch.setInt(15, delivery.whole() ? 1 : 0);
        batch.setString(16, delivery.ranges().toString());
        batch.setLong(17, delivery.minutes());
        batch.addBatch();
        chain = link.end();
      }
      int[] _ = batch.executeBatch();
      return chain;
    } catch (SQLException e) {
      throw new IllegalStateException("Writing the journal failed.", e);
    }
  }

  private static Chain lock(Handle handle, UUID tenant) {
    return handle
        .createQuery(
            """
            insert into journal_chain (tenant_id, seq, hash) values (:tenant, :seq, :hash)
            on conflict (tenant_id) do update set seq = journal_chain.seq
            returning seq, hash
            """)
        .bind("tenant", tenant.toString())
        .bind("seq", Chain.START.sequence())
        .bind("hash", Chain.START.hash())
        .map((row, context) -> new Chain(row.getLong("seq"), row.getString("hash")))
        .one();
  }

  private static Set<String> known(Handle handle, List<Written> entries) {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < entries.size(); i += IDS_AT_A_TIME) {
      List<String> ids =
          entries.subList(i, Math.min(entries.size(), i + IDS_AT_A_TIME)).stream()
              .map(Written::id)
              .toList();
      known.addAll(
          handle
              .createQuery("select entry_id from journal where entry_id in (<ids>)")
              .bindList("ids", ids)
              .mapTo(String.class)
              .list());
    }
    return known;
  }

  @Override
  public boolean works() {
    try {
      // A write, since a full disk lets everybody read.
      database.write(
          handle -> handle.execute("update journal_chain set seq = seq where tenant_id = ''"));
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
