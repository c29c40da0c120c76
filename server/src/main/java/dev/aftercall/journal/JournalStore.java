package dev.aftercall.journal;

import java.util.List;

/** Where entries stay: a chain for each tenant, which all nodes lengthen. */
public interface JournalStore {
  /**
   * Appends entries to their tenants' chains, in their order, all or none. Those that are there
   * already are left out, so that whoever does not know whether this succeeded does it again.
   *
   * @throws RuntimeException when the store cannot be reached, or refuses one of them
   */
  void append(List<Written> entries);

  /** Whether the store takes anything at all: tells its failure from an entry's. */
  boolean works();
}
