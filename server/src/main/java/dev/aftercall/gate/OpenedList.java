package dev.aftercall.gate;

import dev.aftercall.query.Filter;
import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Inventory;
import dev.aftercall.recording.Shelf;
import java.util.List;
import java.util.Optional;

/** A list that was let out; it reaches no further than what was decided on. */
public final class OpenedList {
  private final Inventory inventory;
  private final Shelf shelf;
  private final Artifact.Kind kind;

  OpenedList(Inventory inventory, Shelf shelf, Artifact.Kind kind) {
    this.inventory = inventory;
    this.shelf = shelf;
    this.kind = kind;
  }

  /** What is listed. */
  public Shelf shelf() {
    return shelf;
  }

  /** See {@link Inventory#page}. */
  public List<Inventory.Item> page(
      String url, ListQuery query, Optional<Inventory.Bookmark> after, int most) {
    return inventory.page(shelf, kind, url, query, after, most);
  }

  /** See {@link Inventory#count}. */
  public long count(String url, Optional<Filter> filter) {
    return inventory.count(shelf, kind, url, filter);
  }

  /** See {@link Inventory#position}. */
  public long position() {
    return inventory.position(shelf.tenant());
  }

  /** See {@link Inventory#changes}. */
  public List<Inventory.Change> changes(
      String url, Optional<Filter> filter, boolean removals, long after, int most) {
    return inventory.changes(shelf, kind, url, filter, removals, after, most);
  }
}
