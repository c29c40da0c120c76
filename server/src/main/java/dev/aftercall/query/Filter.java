package dev.aftercall.query;

import java.util.List;
import java.util.function.Function;

/**
 * A condition. Two-valued as in OData 4.01, 5.1.1: a comparison with null is true or false, never
 * unknown; {@code null eq null} is true, {@code gt} and its like with null are false.
 */
public sealed interface Filter {
  /** Whether it is true of something with these values. */
  default boolean holds(Function<Property, Value> values) {
    return switch (this) {
      case Constant(boolean value) -> value;
      case And(Filter left, Filter right) -> left.holds(values) && right.holds(values);
      case Or(Filter left, Filter right) -> left.holds(values) || right.holds(values);
      case Not(Filter inner) -> !inner.holds(values);
      case Compare(Property property, Relation relation, Value value) ->
          Comparison.holds(values.apply(property), relation, value);
      case In(Property property, List<Value> list) ->
          list.stream()
              .anyMatch(it -> Comparison.holds(values.apply(property), Relation.EQUAL, it));
      case Match(Property property, Place place, String part) ->
          values.apply(property) instanceof Value.Text(String text)
              && Comparison.matches(text, place, part);
    };
  }

  /** Whether it asks for that property. */
  default boolean asks(Property wanted) {
    return switch (this) {
      case Constant constant -> false;
      case And(Filter left, Filter right) -> left.asks(wanted) || right.asks(wanted);
      case Or(Filter left, Filter right) -> left.asks(wanted) || right.asks(wanted);
      case Not(Filter inner) -> inner.asks(wanted);
      case Compare compare -> compare.property() == wanted;
      case In in -> in.property() == wanted;
      case Match match -> match.property() == wanted;
    };
  }

  /** True for everything, or for nothing: what is left of a condition between constants. */
  record Constant(boolean value) implements Filter {}

  /** Both. */
  record And(Filter left, Filter right) implements Filter {}

  /** At least one. */
  record Or(Filter left, Filter right) implements Filter {}

  /** Not that. */
  record Not(Filter filter) implements Filter {}

  /** A property stands in that relation to a value. */
  record Compare(Property property, Relation relation, Value value) implements Filter {}

  /** A property is one of these; an empty list is never true. */
  record In(Property property, List<Value> values) implements Filter {
    /** Copies the list. */
    public In {
      values = List.copyOf(values);
    }
  }

  /** A property of type text has that part; case counts. */
  record Match(Property property, Place place, String part) implements Filter {}

  /** Where a part is looked for. */
  enum Place {
    /** {@code startswith} */
    START,
    /** {@code endswith} */
    END,
    /** {@code contains} */
    ANYWHERE
  }

  /** OData's comparison operators. */
  enum Relation {
    /** {@code eq} */
    EQUAL,
    /** {@code ne} */
    NOT_EQUAL,
    /** {@code lt} */
    LESS,
    /** {@code le} */
    LESS_OR_EQUAL,
    /** {@code gt} */
    GREATER,
    /** {@code ge} */
    GREATER_OR_EQUAL
  }

  /** A literal. */
  sealed interface Value {
    /** {@code null} */
    record Null() implements Value {}

    /** A string. */
    record Text(String text) implements Value {}

    /** An instant, in ticks. */
    record Instant(long ticks) implements Value {}
  }
}
