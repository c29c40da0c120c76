package dev.aftercall.http;

import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Inventory.Bookmark;
import java.util.List;
import java.util.Optional;

/**
 * Where a list goes on. Gives no right: whoever brings it is judged anew.
 *
 * @param step what comes next
 * @param issued seconds since 1970
 * @param position in the sequence of changes; 0 in a list
 * @param query as first asked
 * @param select as first asked
 * @param after the last item of the page before; empty for the first
 */
record PageToken(
    Step step,
    long issued,
    long position,
    ListQuery query,
    List<String> select,
    Optional<Bookmark> after) {
  /** Copies the list. */
  PageToken {
    select = List.copyOf(select);
  }

  /** What comes next. */
  enum Step {
    /** Another page of a list. */
    LIST,
    /** In a delta, another page of what was there at its beginning. */
    STATE,
    /** In a delta, what changed since. */
    CHANGES
  }

  PageToken behind(Bookmark bookmark) {
    return new PageToken(step, issued, position, query, select, Optional.of(bookmark));
  }

  PageToken changesSince(long newPosition) {
    return new PageToken(Step.CHANGES, issued, newPosition, query, select, Optional.empty());
  }

  PageToken at(long seconds) {
    return new PageToken(step, seconds, position, query, select, after);
  }

  PageToken upTo(int top) {
    ListQuery shorter = new ListQuery(query.filter(), query.order(), top);
    return new PageToken(step, issued, position, shorter, select, after);
  }

  PageToken selecting(List<String> names) {
    return new PageToken(step, issued, position, query, names, after);
  }
}
