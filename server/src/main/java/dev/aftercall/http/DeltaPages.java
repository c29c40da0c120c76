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

  DeltaPages(PageTokens tokens, boolean tombstones) {
    this.tokens = tokens;
    this.tombstones = tombstones;
  }

  Answer page(OpenedList list, ArtifactCollection it, ListOptions options) throws IOException {
    // SDKs and people write either name for either token.
    Optional<String> text = options.skipToken().or(options::deltaToken);
    if (text.isEmpty() || text.get().equalsIgnoreCase(LATEST)) {
      PageToken start = ListPages.first(PageToken.Step.STATE, list.position(), options);
      return text.isEmpty()
          ? state(list, it, start)
          : last(list, it, start.changesSince(start.position()), List.of());
    }
    PageToken token = ListPages.goOn(tokens.open(text.get(), name(list, it)), options);
    if (tokens.expired(token)) {
      throw expired(it);
    }
    return token.step() == PageToken.Step.STATE ? state(list, it, token) : changes(list, it, token);
  }

  private Answer state(OpenedList list, ArtifactCollection it, PageToken token) throws IOException {
    ListQuery query = token.query();
    List<Item> found = list.page(it.url(), query, token.after(), query.top() + 1);
    if (found.size() <= query.top()) {
      return last(list, it, token.changesSince(token.position()), ListPages.added(found));
    }
    List<Item> items = found.subList(0, query.top());
    PageToken next = token.behind(Bookmarks.behind(items.getLast(), query.order()));
    return more(list, it, next, ListPages.added(items));
  }

  private Answer changes(OpenedList list, ArtifactCollection it, PageToken token)
      throws IOException {
    ListQuery query = token.query();
    long newest = list.position();
    List<Change> found =
        list.changes(it.url(), query.filter(), tombstones, token.position(), query.top() + 1);
    if (found.size() > query.top()) {
      List<Change> page = found.subList(0, query.top());
      return more(list, it, token.changesSince(page.getLast().position()), page);
    }
    long seen = found.isEmpty() ? token.position() : found.getLast().position();
    return last(list, it, token.changesSince(Math.max(newest, seen)), found);
  }

  private Answer more(OpenedList list, ArtifactCollection it, PageToken next, List<Change> changes)
      throws IOException {
    String link = it.nextLink(tokens.seal(next, name(list, it)));
    return ListPages.json(list, it, next, Map.of("@odata.nextLink", link), changes.size(), changes);
  }

  private Answer last(OpenedList list, ArtifactCollection it, PageToken next, List<Change> changes)
      throws IOException {
    String link = it.deltaLink(tokens.seal(next, name(list, it)));
    return ListPages.json(
        list, it, next, Map.of("@odata.deltaLink", link), changes.size(), changes);
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
