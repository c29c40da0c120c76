package dev.aftercall.http;

import dev.aftercall.gate.OpenedList;
import dev.aftercall.http.odata.ListOptions;
import dev.aftercall.http.odata.Select;
import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Bookmarks;
import dev.aftercall.recording.Inventory.Change;
import dev.aftercall.recording.Inventory.Item;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    ListQuery query = token.query();
    List<Item> found = list.page(it.url(), query, token.after(), query.top() + 1);
    boolean more = found.size() > query.top();
    List<Item> items = more ? found.subList(0, query.top()) : found;
    ListPage page =
        more
            ? ListPage.goingOn(
                added(items), token.behind(Bookmarks.behind(items.getLast(), query.order())))
            : ListPage.lastOfList(added(items));
    ListPage sent = quirks.spoil(page, token);
    long count = sent.changes().size();
    if (wholeCount || options.count()) {
      boolean whole = !more && token.after().isEmpty();
      count = whole ? items.size() : list.count(it.url(), query.filter());
    }
    return json(list, it, token, tokens.links(sent, it, name), count, sent.changes());
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

  static Answer json(
      OpenedList list,
      ArtifactCollection it,
      PageToken token,
      Map<String, String> links,
      long count,
      List<Change> changes)
      throws IOException {
    byte[] body =
        new ArtifactListJson(it, list.shelf(), new Select(token.select()))
            .page(links, count, changes);
    return Answer.of(200, Answer.GRAPH_JSON, body)
        .with("OData-Version", "4.0")
        .with("Cache-Control", "no-cache");
  }
}
