package dev.aftercall.jdbc;

import dev.aftercall.journal.Archive;
import dev.aftercall.journal.ArchiveStore;
import dev.aftercall.journal.Chain;
import java.util.List;
import java.util.UUID;

/** The journal along its chains, in SQL. */
public final class JdbcArchives implements ArchiveStore {
  static final String REMOVE =
      """
      delete from journal where entry_id in
        (select entry_id from journal where tenant_id = :tenant and seq <= :upTo
          order by seq limit :most)
      """;

  private final Database database;
  private final JournalReader reader;

  /** In that database. */
  public JdbcArchives(Database database) {
    this.database = database;
    this.reader = new JournalReader(database);
  }

  @Override
  public List<Chain.Link> after(UUID tenant, long sequence, int most) {
    return reader.after(tenant, sequence, most);
  }

  @Override
  public List<Chain.Head> heads() {
    return reader.heads();
  }

  @Override
  public List<Archive> archives(UUID tenant) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from journal_archive where tenant_id = :tenant order by from_seq")
                .bind("tenant", tenant.toString())
                .map(
                    (row, context) ->
                        new Archive(
                            tenant,
                            new Chain(row.getLong("from_seq") - 1, row.getString("from_hash")),
                            new Chain(row.getLong("to_seq"), row.getString("to_hash")),
                            row.getString("month"),
                            row.getLong("entries"),
                            row.getString("file"),
                            row.getString("sha256")))
                .list());
  }

  @Override
  public void archived(Archive archive) {
    database.write(
        handle ->
            handle.execute(
                """
                insert into journal_archive (tenant_id, from_seq, to_seq, from_hash, to_hash,
                    month, entries, file, sha256)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                archive.tenant().toString(),
                archive.before().sequence() + 1,
                archive.end().sequence(),
                archive.before().hash(),
                archive.end().hash(),
                archive.month(),
                archive.entries(),
                archive.file(),
                archive.sha256()));
  }

  @Override
  public int remove(UUID tenant, long upTo, int most) {
    return database.write(
        handle ->
            handle
                .createUpdate(REMOVE)
                .bind("tenant", tenant.toString())
                .bind("upTo", upTo)
                .bind("most", most)
                .execute());
  }
}
