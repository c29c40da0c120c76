package dev.aftercall.http.odata;

import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Relation;
import dev.aftercall.query.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes conditions of operands; what is between constants is decided at once. */
final class Conditions {
  private static final Filter TRUE = new Filter.Constant(true);
  private static final Filter FALSE = new Filter.Constant(false);

  private Conditions() {}

  static Filter and(Filter left, Filter right) {
    if (left.equals(FALSE) || right.equals(TRUE)) {
      return left;
    }
    return left.equals(TRUE) || right.equals(FALSE) ? right : new Filter.And(left, right);
  }

  static Filter or(Filter left, Filter right) {
    if (left.equals(TRUE) || right.equals(FALSE)) {
      return left;
    }
    return left.equals(FALSE) || right.equals(TRUE) ? right : new Filter.Or(left, right);
  }

  static Filter not(Filter filter) {
    return filter instanceof Filter.Constant(boolean value)
        ? constant(!value)
        : new Filter.Not(filter);
  }

  static Filter constant(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Empty when the two cannot be compared here, as two properties cannot. */
  static Optional<Filter> compare(Operand left, Relation relation, Operand right) {
    if (left instanceof Operand.Column(Property property)
        && right instanceof Operand.Constant value) {
      return Optional.of(compare(property, relation, value));
    }
    if (left instanceof Operand.Constant value
        && right instanceof Operand.Column(Property property)) {
      return Optional.of(compare(property, turned(relation), value));
    }
    if (left instanceof Operand.Constant one && right instanceof Operand.Constant other) {
      return decide(one, relation, other).map(Conditions::constant);
    }
    boolean equality = relation == Relation.EQUAL || relation == Relation.NOT_EQUAL;
    if (!equality) {
      return Optional.empty();
    }
    return same(left, right)
        .or(() -> same(right, left))
        .map(filter -> relation == Relation.EQUAL ? filter : not(filter));
  }

  private static Optional<Filter> same(Operand left, Operand right) {
    if (right instanceof Operand.Null
        && (left instanceof Operand.Present || left instanceof Operand.Condition)) {
      return Optional.of(FALSE);
    }
    if (left instanceof Operand.Condition(Filter filter)
        && right instanceof Operand.Condition(Filter.Constant(boolean wanted))) {
      return Optional.of(wanted ? filter : not(filter));
    }
    return Optional.empty();
  }

  private static Filter compare(Property property, Relation relation, Operand.Constant value) {
    return switch (value) {
      case Operand.Null none ->
          relation == Relation.EQUAL || relation == Relation.NOT_EQUAL
              ? new Filter.Compare(property, relation, new Filter.Value.Null())
              : FALSE;
      case Operand.Text(String text) ->
          new Filter.Compare(property, relation, new Filter.Value.Text(text));
      case Operand.Moment(DateTimeOffset(long ticks, int rest)) ->
          rest == 0
              ? new Filter.Compare(property, relation, new Filter.Value.Instant(ticks))
              : between(property, relation, ticks);
    };
  }

  /** A literal between two ticks equals nothing we keep. */
  private static Filter between(Property property, Relation relation, long ticks) {
    Filter.Value before = new Filter.Value.Instant(ticks);
    return switch (relation) {
      case EQUAL -> FALSE;
      case NOT_EQUAL -> TRUE;
      case GREATER, GREATER_OR_EQUAL -> new Filter.Compare(property, Relation.GREATER, before);
      case LESS, LESS_OR_EQUAL -> new Filter.Compare(property, Relation.LESS_OR_EQUAL, before);
    };
  }

  private static Relation turned(Relation relation) {
    return switch (relation) {
      case EQUAL, NOT_EQUAL -> relation;
      case LESS -> Relation.GREATER;
      case LESS_OR_EQUAL -> Relation.GREATER_OR_EQUAL;
      case GREATER -> Relation.LESS;
      case GREATER_OR_EQUAL -> Relation.LESS_OR_EQUAL;
    };
  }

  private static Optional<Boolean> decide(
      Operand.Constant left, Relation relation, Operand.Constant right) {
    if (left instanceof Operand.Null || right instanceof Operand.Null) {
      boolean same = left.equals(right);
      return Optional.of(
          switch (relation) {
            case EQUAL -> same;
            case NOT_EQUAL -> !same;
            default -> false;
          });
    }
    Optional<Integer> order =
        left instanceof Operand.Text(String one) && right instanceof Operand.Text(String other)
            ? Optional.of(byCodePoints(one, other))
            : left instanceof Operand.Moment(DateTimeOffset one)
                    && right instanceof Operand.Moment(DateTimeOffset other)
                ? Optional.of(one.compareTo(other))
                : Optional.empty();
    return order.map(
        sign ->
            switch (relation) {
              case EQUAL -> sign == 0;
              case NOT_EQUAL -> sign != 0;
              case LESS -> sign < 0;
              case LESS_OR_EQUAL -> sign <= 0;
              case GREATER -> sign > 0;
              case GREATER_OR_EQUAL -> sign >= 0;
            });
  }

  private static int byCodePoints(String one, String other) {
    return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
  }

  /** Empty when the operand cannot be looked for in a list here. */
  static Optional<Filter> in(Operand left, List<Operand.Constant> items) {
    if (left instanceof Operand.Column(Property property)) {
      List<Filter.Value> values = new ArrayList<>();
      for (Operand.Constant item : items) {
        switch (item) {
          case Operand.Null none -> values.add(new Filter.Value.Null());
          case Operand.Text(String text) -> values.add(new Filter.Value.Text(text));
          case Operand.Moment(DateTimeOffset(long ticks, int rest)) -> {
            if (rest == 0) {
              values.add(new Filter.Value.Instant(ticks));
            }
          }
        }
      }
      return Optional.of(values.isEmpty() ? FALSE : new Filter.In(property, values));
    }
    return left instanceof Operand.Constant constant
        ? Optional.of(constant(items.contains(constant)))
        : Optional.empty();
  }

  /** Empty when the operands are not a text and a part to look for. */
  static Optional<Filter> match(Operand text, Filter.Place place, Operand part) {
    if (text instanceof Operand.Null || part instanceof Operand.Null) {
      return Optional.of(FALSE);
    }
    if (!(part instanceof Operand.Text(String wanted))) {
      return Optional.empty();
    }
    return switch (text) {
      case Operand.Column(Property property) when property.type() == Property.Type.TEXT ->
          Optional.of(new Filter.Match(property, place, wanted));
      case Operand.Text(String whole) ->
          Optional.of(
              constant(
                  switch (place) {
                    case START -> whole.startsWith(wanted);
                    case END -> whole.endsWith(wanted);
                    case ANYWHERE -> whole.contains(wanted);
                  }));
      default -> Optional.empty();
    };
  }
}
