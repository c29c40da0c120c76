package dev.aftercall.http;

import dev.aftercall.recording.Inventory.Change;
import java.util.List;
import java.util.Optional;

/**
 * What is on one page, read piece by piece: each piece is a statement of its own that begins where
 * the one before ended, as pages themselves do, so that a client that reads slowly holds neither
 * many rows in memory nor a connection to the database.
 */
final class PageRows {
  static final int PIECE = 100;

  private final Source source;
  private final int top;
  private int read;
  private Optional<Change> last = Optional.empty();
  private boolean more = true;

  /** Where they come from. */
  @FunctionalInterface
  interface Source {
    /** So many at most behind that one, or from the page's beginning. */
    List<Change> behind(Optional<Change> last, int most);
  }

  PageRows(Source source, int top) {
    this.source = source;
    this.top = top;
  }

  /** The next of them, or none once {@link #over}. */
  List<Change> next() {
    if (over()) {
      return List.of();
    }
    int wanted = Math.min(PIECE, top - read);
    // One more than a piece tells whether there is another.
    List<Change> found = source.behind(last, wanted + 1);
    more = found.size() > wanted;
    List<Change> piece = more ? found.subList(0, wanted) : found;
    read += piece.size();
    last = piece.isEmpty() ? last : Optional.of(piece.getLast());
    return List.copyOf(piece);
  }

  /** Whether everything on the page has been read. */
  boolean over() {
    return !more || read == top;
  }

  /** Whether there is something behind what has been read. */
  boolean more() {
    return more;
  }

  /** How many have been read. */
  int read() {
    return read;
  }

  /** The last one read. */
  Optional<Change> last() {
    return last;
  }
}
