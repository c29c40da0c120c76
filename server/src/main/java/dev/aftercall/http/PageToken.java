package dev.aftercall.http;

import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Inventory.Bookmark;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a list goes on. Gives no right: whoever brings it is judged anew.
 *
 * @param step what comes next
 * @param issued seconds since 1970
 * @param position in the sequence of changes; 0 in a list
 * @param query as first asked
 * @param select as first asked
 * @param after the last item of the page before; empty for the first
 * @param shown what has gone wrong already on the way here, and does not again
 */
record PageToken(
    Step step,
    long issued,
    long position,
    ListQuery query,
    List<String> select,
    Optional<Bookmark> after,
    Set<Quirk> shown) {
  /** Copies list and set. */
  PageToken {
    select = List.copyOf(select);
    shown = Set.copyOf(shown);
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
    return new PageToken(step, issued, position, query, select, Optional.of(bookmark), shown);
  }

  PageToken behind(long change) {
    return new PageToken(step, issued, change, query, select, after, shown);
  }

  /** The beginning of another round of a delta. */
  PageToken changesSince(long newPosition) {
    return new PageToken(
        Step.CHANGES, issued, newPosition, query, select, Optional.empty(), Set.of());
  }

  PageToken fromBeginning() {
    return new PageToken(step, issued, position, query, select, Optional.empty(), shown);
  }

  PageToken showed(Quirk quirk) {
    Set<Quirk> all = EnumSet.of(quirk);
    all.addAll(shown);
    return new PageToken(step, issued, position, query, select, after, all);
  }

  PageToken at(long seconds) {
    return new PageToken(step, seconds, position, query, select, after, shown);
  }

  PageToken upTo(int top) {
    ListQuery shorter = new ListQuery(query.filter(), query.order(), top);
    return new PageToken(step, issued, position, shorter, select, after, shown);
  }

  PageToken selecting(List<String> names) {
    return new PageToken(step, issued, position, query, names, after, shown);
  }
}
