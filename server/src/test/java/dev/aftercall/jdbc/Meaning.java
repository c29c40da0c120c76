package dev.aftercall.jdbc;

import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.Order;
import dev.aftercall.query.Property;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What filters and orders mean, without a database: item by item, code point by code point. */
final class Meaning {
  /** An item with all its values. */
  record Row(UUID artifact, Map<Property, Value> values) {}

  private Meaning() {}

  static boolean holds(Filter filter, Row row) {
    return switch (filter) {
      case Filter.Constant(boolean value) -> value;
      case Filter.And(Filter left, Filter right) -> holds(left, row) && holds(right, row);
      case Filter.Or(Filter left, Filter right) -> holds(left, row) || holds(right, row);
      case Filter.Not(Filter inner) -> !holds(inner, row);
      case Filter.Compare(Property property, Filter.Relation relation, Value value) ->
          related(value(row, property), relation, value);
      case Filter.In(Property property, List<Value> values) ->
          values.contains(value(row, property));
      case Filter.Match(Property property, Filter.Place place, String part) ->
          value(row, property) instanceof Value.Text(String text)
              && switch (place) {
                case START -> text.startsWith(part);
                case END -> text.endsWith(part);
                case ANYWHERE -> text.contains(part);
              };
    };
  }

  static Comparator<Row> order(List<Order> orders) {
    Comparator<Row> all = (one, other) -> 0;
    for (Order order : orders) {
      Comparator<Row> next =
          (one, other) -> compare(value(one, order.property()), value(other, order.property()));
      all = all.thenComparing(order.descending() ? next.reversed() : next);
    }
    Comparator<Row> ties = Comparator.comparing(row -> row.artifact().toString());
    boolean down = !orders.isEmpty() && orders.getLast().descending();
    return all.thenComparing(down ? ties.reversed() : ties);
  }

  private static Value value(Row row, Property property) {
    return row.values().getOrDefault(property, new Value.Null());
  }

  private static boolean related(Value left, Filter.Relation relation, Value right) {
    boolean known = !(left instanceof Value.Null) && !(right instanceof Value.Null);
    return switch (relation) {
      case EQUAL -> left.equals(right);
      case NOT_EQUAL -> !left.equals(right);
      case LESS -> known && compare(left, right) < 0;
      case LESS_OR_EQUAL -> known && compare(left, right) <= 0;
      case GREATER -> known && compare(left, right) > 0;
      case GREATER_OR_EQUAL -> known && compare(left, right) >= 0;
    };
  }

  private static int compare(Value left, Value right) {
    if (left instanceof Value.Instant(long one) && right instanceof Value.Instant(long other)) {
      return Long.compare(one, other);
    }
    int[] one = ((Value.Text) left).text().codePoints().toArray();
    int[] other = ((Value.Text) right).text().codePoints().toArray();
    return Arrays.compare(one, other);
  }
}
