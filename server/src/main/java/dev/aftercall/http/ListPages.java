package dev.aftercall.http;

import dev.aftercall.gate.OpenedList;
import dev.aftercall.http.odata.ListOptions;
import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Bookmarks;
import dev.aftercall.recording.Inventory.Bookmark;
import dev.aftercall.recording.Inventory.Change;
import dev.aftercall.recording.Inventory.Item;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers lists page by page. */
final class ListPages {
  private final PageTokens tokens;
  private final Quirks quirks;

  ListPages(PageTokens tokens, Quirks quirks) {
    this.tokens = tokens;
    this.quirks = quirks;
  }

  /**
   * One page.
   *
   * @param wholeCount whether the count is of all items in any case; else of the page, unless asked
   */
  Answer page(OpenedList list, ArtifactCollection it, ListOptions options, boolean wholeCount)
      throws IOException {
    String name = it.type() + "/" + list.shelf().name();
    PageToken token =
        options
            .skipToken()
            .map(text -> goOn(tokens.open(text, name), options))
            .orElseGet(() -> first(PageToken.Step.LIST, 0, options));
    return new PageAnswer(list, it, token, name)
        .of(
            state(list, it, token),
            (changes, rows) ->
                goingOn(changes, rows, token).orElseGet(() -> ListPage.lastOfList(changes)),
            (rows, onPage) -> {
              if (!wholeCount && !options.count()) {
                return onPage;
              }
              boolean whole = !rows.more() && token.after().isEmpty();
              return whole ? rows.read() : list.count(it.url(), token.query().filter());
            },
            tokens,
            quirks);
  }

  /** What there is, from where the token says. */
  static PageRows state(OpenedList list, ArtifactCollection it, PageToken token) {
    ListQuery query = token.query();
    return new PageRows(
        (last, most) ->
            added(
                list.page(
                    it.url(), query, last.map(row -> behind(row, query)).or(token::after), most)),
        query.top());
  }

  /** The page whose rows have been read, when there is more behind it. */
  static Optional<ListPage> goingOn(List<Change> changes, PageRows rows, PageToken token) {
    return rows.more()
        ? rows.last()
            .map(last -> ListPage.goingOn(changes, token.behind(behind(last, token.query()))))
        : Optional.empty();
  }

  private static Bookmark behind(Change last, ListQuery query) {
    return Bookmarks.behind(((Change.Added) last).item(), query.order());
  }

  static PageToken first(PageToken.Step step, long position, ListOptions options) {
    return new PageToken(
        step, 0, position, options.query(), options.select().names(), Optional.empty(), Set.of());
  }

  /** The token carries the query; what else the request says may shorten it, not change it. */
  static PageToken goOn(PageToken token, ListOptions options) {
    ListQuery asked = options.query();
    boolean same =
        (asked.filter().isEmpty() || asked.filter().equals(token.query().filter()))
            && (asked.order().isEmpty() || asked.order().equals(token.query().order()));
    if (!same) {
      throw new GraphException(
          ErrorCode.BAD_REQUEST,
          "The token belongs to a list with another $filter or $orderby. Follow the link as it is,"
              + " or ask without a token.");
    }
    PageToken shown =
        options.select().names().isEmpty() ? token : token.selecting(options.select().names());
    return asked.top() == ListQuery.MOST ? shown : shown.upTo(asked.top());
  }

  static List<Change> added(List<Item> items) {
    return items.stream().<Change>map(item -> new Change.Added(0, item)).toList();
  }
}
