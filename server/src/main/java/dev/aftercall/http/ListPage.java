package dev.aftercall.http;

import dev.aftercall.recording.Inventory.Change;
import java.util.List;
import java.util.Optional;

/**
 * A page before it is written.
 *
 * @param next where {@code @odata.nextLink} goes on
 * @param delta where {@code @odata.deltaLink} goes on
 */
record ListPage(List<Change> changes, Optional<PageToken> next, Optional<PageToken> delta) {
  /** Copies the list. */
  ListPage {
    changes = List.copyOf(changes);
  }

  static ListPage goingOn(List<Change> changes, PageToken next) {
    return new ListPage(changes, Optional.of(next), Optional.empty());
  }

  static ListPage lastOfDelta(List<Change> changes, PageToken delta) {
    return new ListPage(changes, Optional.empty(), Optional.of(delta));
  }

  static ListPage lastOfList(List<Change> changes) {
    return new ListPage(changes, Optional.empty(), Optional.empty());
  }

  ListPage withoutNext() {
    return new ListPage(changes, Optional.empty(), delta);
  }
}
