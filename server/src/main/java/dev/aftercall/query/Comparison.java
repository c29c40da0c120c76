package dev.aftercall.query;

import dev.aftercall.query.Filter.Place;
import dev.aftercall.query.Filter.Relation;
import dev.aftercall.query.Filter.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a comparison between two known values comes to. */
public final class Comparison {
  private Comparison() {}

  /** Whether the first stands in that relation to the second; with null as {@link Filter} says. */
  public static boolean holds(Value left, Relation relation, Value right) {
    if (left instanceof Value.Null || right instanceof Value.Null) {
      boolean both = left.equals(right);
      return switch (relation) {
        case EQUAL -> both;
        case NOT_EQUAL -> !both;
        case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> false;
      };
    }
    int order = compare(left, right);
    return switch (relation) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  /** Whether the text has that part. */
  public static boolean matches(String text, Place place, String part) {
    return switch (place) {
      case START -> text.startsWith(part);
      case END -> text.endsWith(part);
      case ANYWHERE -> text.contains(part);
    };
  }

  private static int compare(Value left, Value right) {
    if (left instanceof Value.Instant(long one) && right instanceof Value.Instant(long other)) {
      return Long.compare(one, other);
    }
    if (left instanceof Value.Text(String one) && right instanceof Value.Text(String other)) {
      // The order of UTF-8 bytes is that of code points; that of UTF-16 units is not.
      return Arrays.compareUnsigned(
          one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
    throw new IllegalArgumentException("Values of two types were compared.");
  }
}
