package dev.aftercall.journal;

import dev.aftercall.journal.Sessions.Session;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the journal back, page by page. */
public interface JournalAccesses {
  /** A page of entries, newest first. */
  List<Chain.Link> page(JournalQuery wanted);

  /** A viewing or download, and by whom. */
  record Access(String caller, String app, String action, Session session) {}

  /** A session's place in the order of time. */
  record Position(long first, String id) {}

  /**
   * Who watched or downloaded an artifact, newest first. Sessions of which nothing was given out
   * are not among them.
   */
  List<Access> accesses(UUID tenant, UUID artifact, Optional<Position> after, int most);
}
