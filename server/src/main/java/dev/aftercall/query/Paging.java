package dev.aftercall.query;

import java.util.Optional;

/**
 * Which part of a collection is wanted.
 *
 * @param top the most items
 * @param after the key of the last item of the part before, in the words of who listed it; empty
 *     for the first part
 */
public record Paging(int top, Optional<String> after) {
  /** Everything, for lists that are short by nature. */
  public static final Paging ALL = new Paging(Integer.MAX_VALUE - 1, Optional.empty());
}
