package dev.aftercall.http;

import dev.aftercall.gate.OpenedList;
import dev.aftercall.http.odata.Select;
import dev.aftercall.recording.Inventory.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers one page: as a whole where it is short, else piece by piece while it is read.
 *
 * @param token that the page was asked by
 * @param name what its tokens are signed for
 */
record PageAnswer(OpenedList list, ArtifactCollection it, PageToken token, String name) {
  /** Where a page goes on, once its rows have been read. */
  @FunctionalInterface
  interface Ending {
    ListPage of(List<Change> changes, PageRows rows);
  }

  /** What {@code @odata.count} says, of so many items on the page. */
  @FunctionalInterface
  interface Counting {
    long of(PageRows rows, int onPage);
  }

  Answer of(PageRows rows, Ending ending, Counting counting, PageTokens tokens, Quirks quirks)
      throws IOException {
    List<Change> first = rows.next();
    ArtifactListJson json = new ArtifactListJson(it, list.shelf(), new Select(token.select()));
    if (!rows.over() && quirks.none()) {
      // What a link cannot carry is refused before anything is sent.
      tokens.links(ending.of(List.of(), rows), it, name);
      return new StreamedAnswer(
          200,
          Answer.GRAPH_FIELDS,
          out ->
              json.write(
                  out,
                  first,
                  rows,
                  () ->
                      new ArtifactListJson.Tail(
                          tokens.lastLinks(ending.of(List.of(), rows), it, name),
                          counting.of(rows, rows.read()))));
    }
    List<Change> all = new ArrayList<>(first);
    while (!rows.over()) {
      all.addAll(rows.next());
    }
    ListPage sent = quirks.spoil(ending.of(all, rows), token);
    int onPage = sent.changes().size();
    byte[] body =
        json.page(
            new ArtifactListJson.Tail(tokens.links(sent, it, name), counting.of(rows, onPage)),
            sent.changes());
    return new Answer.Whole(200, Answer.GRAPH_FIELDS, body);
  }
}
