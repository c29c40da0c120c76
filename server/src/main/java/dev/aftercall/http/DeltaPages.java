package dev.aftercall.http;

import dev.aftercall.gate.OpenedList;
import dev.aftercall.http.odata.ListOptions;
import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Inventory.Change;
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
    if (text.isEmpty()) {
      return state(list, it, ListPages.first(PageToken.Step.STATE, list.position(), options));
    }
    if (text.get().equalsIgnoreCase(LATEST)) {
      PageToken now = ListPages.first(PageToken.Step.STATE, list.position(), options);
      PageRows none = new PageRows((last, most) -> List.of(), now.query().top());
      return answer(
          list,
          it,
          now,
          none,
          (changes, rows) -> ListPage.lastOfDelta(changes, now.changesSince(now.position())));
    }
    PageToken token = ListPages.goOn(tokens.open(text.get(), name(list, it)), options);
    if (tokens.expired(token)) {
      throw expired(it);
    }
    return token.step() == PageToken.Step.STATE ? state(list, it, token) : changes(list, it, token);
  }

  private Answer state(OpenedList list, ArtifactCollection it, PageToken token) throws IOException {
    return answer(
        list,
        it,
        token,
        ListPages.state(list, it, token),
        (changes, rows) ->
            ListPages.goingOn(changes, rows, token)
                .orElseGet(
                    () -> ListPage.lastOfDelta(changes, token.changesSince(token.position()))));
  }

  private Answer changes(OpenedList list, ArtifactCollection it, PageToken token)
      throws IOException {
    ListQuery query = token.query();
    long newest = list.position();
    PageRows found =
        new PageRows(
            (last, most) ->
                list.changes(
                    it.url(),
                    query.filter(),
                    tombstones,
                    last.map(Change::position).orElse(token.position()),
                    most),
            query.top());
    return answer(
        list,
        it,
        token,
        found,
        (changes, rows) -> {
          long seen = rows.last().map(Change::position).orElse(token.position());
          return rows.more()
              ? ListPage.goingOn(changes, token.behind(seen))
              : ListPage.lastOfDelta(
                  quirks.repeat(changes, list, it.url(), query),
                  token.changesSince(Math.max(newest, seen)));
        });
  }

  private Answer answer(
      OpenedList list,
      ArtifactCollection it,
      PageToken token,
      PageRows rows,
      PageAnswer.Ending ending)
      throws IOException {
    return new PageAnswer(list, it, token, name(list, it))
        .of(rows, ending, (read, onPage) -> onPage, tokens, quirks);
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
