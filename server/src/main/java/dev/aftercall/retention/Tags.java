package dev.aftercall.retention;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Words that administrators and recorders put on items, for rules to go by. */
public final class Tags {
  private static final int MOST = 32;
  private static final int LONGEST = 64;

  private Tags() {}

  /**
   * Checks tags, and leaves out those that are there twice.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static Set<String> of(Collection<String> words) {
    Set<String> tags = new TreeSet<>();
    for (String word : words) {
      String tag = word.strip();
      boolean readable =
          !tag.isEmpty()
              && tag.length() <= LONGEST
              && tag.chars()
                  .noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
      if (!readable) {
        throw new IllegalArgumentException(
            "A tag has 1 to 64 characters, none of them a control character or outside Unicode's"
                + " basic plane.");
      }
      tags.add(tag);
    }
    if (tags.size() > MOST) {
      throw new IllegalArgumentException("An item has at most 32 tags.");
    }
    return tags;
  }
}
