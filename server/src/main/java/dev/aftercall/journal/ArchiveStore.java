package dev.aftercall.journal;

import java.util.List;
import java.util.UUID;

/** The journal as whoever archives or verifies it sees it: along its chains. */
public interface ArchiveStore {
  /** The entries behind that place, in the chain's order. */
  List<Chain.Link> after(UUID tenant, long sequence, int most);

  /** What lies in files, in the chain's order. */
  List<Archive> archives(UUID tenant);

  /** Where each chain ends, as the database says. */
  List<Chain.Head> heads();

  /** From now on that part lies in a file. */
  void archived(Archive archive);

  /** Removes entries up to that one, so many at most; gives how many there were. */
  int remove(UUID tenant, long upTo, int most);
}
