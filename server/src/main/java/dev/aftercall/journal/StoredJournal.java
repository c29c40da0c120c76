package dev.aftercall.journal;

import dev.aftercall.time.Ids;
import java.util.List;

/**
 * The journal of a command, beside which a server may run that has the spool: each entry is a
 * transaction of its own in the store.
 */
public final class StoredJournal implements Journal {
  private final JournalStore store;
  private final Ids ids;

  /** Writes into that store. */
  public StoredJournal(JournalStore store, Ids ids) {
    this.store = store;
    this.ids = ids;
  }

  @Override
  public void record(Entry entry) {
    store.append(List.of(new Written(ids.guid().toString(), entry)));
  }
}
