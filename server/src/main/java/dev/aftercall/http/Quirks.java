package dev.aftercall.http;

import dev.aftercall.gate.OpenedList;
import dev.aftercall.query.ListQuery;
import dev.aftercall.query.Order;
import dev.aftercall.query.Property;
import dev.aftercall.recording.Inventory.Change;
import dev.aftercall.recording.Inventory.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Spoils pages as asked. Whoever bears with it still gets every item. */
final class Quirks {
  private final Set<Quirk> wanted;

  Quirks(Set<Quirk> wanted) {
    this.wanted = Set.copyOf(wanted);
  }

  boolean none() {
    return wanted.isEmpty();
  }

  /**
   * The page that goes out in place of a right one.
   *
   * @param token that the page was asked by
   */
  ListPage spoil(ListPage page, PageToken token) {
    if (wanted.isEmpty() || page.changes().isEmpty()) {
      return page;
    }
    if (due(Quirk.EMPTY_PAGES, token)) {
      return ListPage.goingOn(List.of(), token.showed(Quirk.EMPTY_PAGES));
    }
    if (due(Quirk.REPEAT_AFTER_RESET, token) && token.after().isPresent()) {
      return ListPage.goingOn(List.of(), token.showed(Quirk.REPEAT_AFTER_RESET).fromBeginning());
    }
    // A deltaLink's round goes on by its links alone: it cannot be asked for again without $top.
    boolean top = token.step() != PageToken.Step.CHANGES && token.query().top() < ListQuery.MOST;
    return wanted.contains(Quirk.LOST_NEXT_LINK) && top ? page.withoutNext() : page;
  }

  private boolean due(Quirk quirk, PageToken token) {
    return wanted.contains(quirk) && !token.shown().contains(quirk);
  }

  /**
   * The last changes of a delta, and once more the newest item that is not among them, where the
   * page has room for it.
   */
  List<Change> repeat(List<Change> changes, OpenedList list, String url, ListQuery query) {
    if (!wanted.contains(Quirk.DELTA_REPEATS) || changes.size() >= query.top()) {
      return changes;
    }
    ListQuery newest =
        new ListQuery(query.filter(), List.of(new Order(Property.CREATED, true)), query.top());
    Set<UUID> told =
        changes.stream()
            .filter(Change.Added.class::isInstance)
            .map(change -> ((Change.Added) change).item().artifact())
            .collect(Collectors.toSet());
    List<Change> more = new ArrayList<>(changes);
    for (Item item : list.page(url, newest, Optional.empty(), changes.size() + 1)) {
      if (!told.contains(item.artifact())) {
        more.add(new Change.Added(0, item));
        break;
      }
    }
    return more;
  }
}
