package dev.aftercall.query;

import java.util.List;
import java.util.Optional;

/**
 * What is wanted of a collection.
 *
 * @param filter empty for everything
 * @param order empty for the collection's own; ties are broken by id in any case
 * @param top at most so many items on a page, 1 to 999
 */
public record ListQuery(Optional<Filter> filter, List<Order> order, int top) {
  /** Most items on a page; also what a client gets that does not say. */
  public static final int MOST = 999;

  /** Copies the list. */
  public ListQuery {
    order = List.copyOf(order);
  }
}
