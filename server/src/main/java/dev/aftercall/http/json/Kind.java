package dev.aftercall.http.json;

import java.util.List;

/** What a member of a JSON object may be. */
public sealed interface Kind {
  /** Text without control characters; an empty one where {@code shortest} is 0. */
  record Text(int shortest, int longest) implements Kind {}

  /** A GUID in its 36-character form. */
  record Guid() implements Kind {}

  /** A whole number. */
  record Whole(long least, long most) implements Kind {}

  /** True or false. */
  record Flag() implements Kind {}

  /** A date-time with offset, ISO 8601. */
  record Instant() implements Kind {}

  /** One of some words, matched whatever the case. */
  record OneOf(List<String> words) implements Kind {
    /** Copies the list. */
    public OneOf {
      words = List.copyOf(words);
    }
  }

  /** A list. */
  record ListOf(Kind item, int most) implements Kind {}

  /** An object of its own. */
  record Nested(Shape shape) implements Kind {}

  /** Whatever JSON has; read by whoever needs it. */
  record Any() implements Kind {}
}
