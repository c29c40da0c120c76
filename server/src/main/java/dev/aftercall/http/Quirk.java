package dev.aftercall.http;

import java.util.Locale;

/**
 * What Graph's lists are known to do wrong, and clients must bear. For development alone.
 *
 * @see <a href="https://developer.microsoft.com/graph/known-issues/">Known issues</a> 22931 and
 *     22934
 */
public enum Quirk {
  /** The first page that has items comes empty, with a link to it. */
  EMPTY_PAGES,
  /** With {@code $top}, no page links to the next (22931), but for the rounds of a deltaLink. */
  LOST_NEXT_LINK,
  /** Behind the first page an empty one comes, and its link begins anew. */
  REPEAT_AFTER_RESET,
  /** A delta tells once more of an item that it told of before (22934). */
  DELTA_REPEATS;

  /** As the command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
