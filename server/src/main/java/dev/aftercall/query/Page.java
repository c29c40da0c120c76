package dev.aftercall.query;

import java.util.List;

/**
 * A part of a collection.
 *
 * @param more whether there are further items behind
 */
public record Page<T>(List<T> items, boolean more) {
  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Of items that were read with one more than is wanted, to see whether there are more.
   *
   * @param read at most {@code paging.top() + 1}
   */
  public static <T> Page<T> of(List<T> read, Paging paging) {
    return read.size() > paging.top()
        ? new Page<>(read.subList(0, paging.top()), true)
        : new Page<>(read, false);
  }
}
