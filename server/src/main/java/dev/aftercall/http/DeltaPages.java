package dev.aftercall.http;

import dev.aftercall.gate.OpenedList;
import dev.aftercall.http.odata.ListOptions;
import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Bookmarks;
import dev.aftercall.recording.Inventory.Change;
import dev.aftercall.recording.Inventory.Item;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers deltas: first what is there, page by page, then what changed since. The place in the
 * sequence of changes is noted before the first page is read, so that nothing falls between; what
 * comes while the pages are read may be on one of them and among the changes.
 */
final class DeltaPages {
  private static final String LATEST = "latest";

  private final PageTokens tokens;
  private final boolean tombstones;
  private final Quirks quirks;

  DeltaPages(PageTokens tokens, boolean tombstones, Quirks quirks) {
    this.tokens = tokens;
    this.tombstones = tombstones;
    this.quirks = quirks;
  }

  Answer page(OpenedList list, ArtifactCollection it, ListOptions options) throws IOException {
    // SDKs and people write either name for either token.
    Optional<String> text = options.skipToken().or(options::deltaToken);
    if (text.isEmpty() || text.get().equalsIgnoreCase(LATEST)) {
      PageToken start = ListPages.first(PageToken.Step.STATE, list.position(), options);
      ListPage page =
          text.isEmpty()
              ? state(list, it, start)
              : ListPage.lastOfDelta(List.of(), start.changesSince(start.position()));
      return answer(list, it, start, page);
    }
    PageToken token = ListPages.goOn(tokens.open(text.get(), name(list, it)), options);
    if (tokens.expired(token)) {
      throw expired(it);
    }
    ListPage page =
        token.step() == PageToken.Step.STATE ? state(list, it, token) : changes(list, it, token);
    return answer(list, it, token, page);
  }

  private static ListPage state(OpenedList list, ArtifactCollection it, PageToken token) {
    ListQuery query = token.query();
    List<Item> found = list.page(it.url(), query, token.after(), query.top() + 1);
    if (found.size() <= query.top()) {
      return ListPage.lastOfDelta(ListPages.added(found), token.changesSince(token.position()));
    }
    List<Item> items = found.subList(0, query.top());
    return ListPage.goingOn(
        ListPages.added(items), token.behind(Bookmarks.behind(items.getLast(), query.order())));
  }

  private ListPage changes(OpenedList list, ArtifactCollection it, PageToken token) {
    ListQuery query = token.query();
    long newest = list.position();
    List<Change> found =
        list.changes(it.url(), query.filter(), tombstones, token.position(), query.top() + 1);
    if (found.size() > query.top()) {
      List<Change> page = found.subList(0, query.top());
      return ListPage.goingOn(page, token.behind(page.getLast().position()));
    }
    long seen = found.isEmpty() ? token.position() : found.getLast().position();
    return ListPage.lastOfDelta(
        quirks.repeat(found, list, it.url(), query), token.changesSince(Math.max(newest, seen)));
  }

  private Answer answer(OpenedList list, ArtifactCollection it, PageToken token, ListPage page)
      throws IOException {
    ListPage sent = quirks.spoil(page, token);
    return ListPages.json(
        list,
        it,
        token,
        tokens.links(sent, it, name(list, it)),
        sent.changes().size(),
        sent.changes());
  }

  private static String name(OpenedList list, ArtifactCollection it) {
    return it.type() + "/" + list.shelf().name() + "/delta";
  }

  private static GraphException expired(ArtifactCollection it) {
    return new GraphException(
        ErrorCode.SYNC_STATE_NOT_FOUND,
        "The delta token has expired. Begin anew at the address in Location.",
        Optional.empty(),
        Map.of("Location", it.deltaLink("")));
  }
}
