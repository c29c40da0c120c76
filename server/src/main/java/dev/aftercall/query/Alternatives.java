package dev.aftercall.query;

import dev.aftercall.query.Filter.Relation;
import dev.aftercall.query.Filter.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What an {@code or} leaves to choose from. */
public final class Alternatives {
  private Alternatives() {}

  /**
   * A condition that is true of the same things, in which each {@code or} asks for the equality of
   * a property once: {@code id eq 'a' or id in ('b','c')} is {@code id in ('a','b','c')}, which can
   * be looked up in an index.
   */
  public static Filter joined(Filter filter) {
    return switch (filter) {
      case Filter.And(Filter left, Filter right) -> new Filter.And(joined(left), joined(right));
      case Filter.Not(Filter inner) -> new Filter.Not(joined(inner));
      case Filter.Or or -> joined(each(or).toList());
      case Filter.Constant constant -> constant;
      case Filter.Compare compare -> compare;
      case Filter.In in -> in;
      case Filter.Match match -> match;
    };
  }

  /** However they are bracketed. */
  private static Stream<Filter> each(Filter filter) {
    return filter instanceof Filter.Or(Filter left, Filter right)
        ? Stream.concat(each(left), each(right))
        : Stream.of(joined(filter));
  }

  private static Filter joined(List<Filter> alternatives) {
    Map<Property, Set<Value>> equal = new EnumMap<>(Property.class);
    List<Filter> left = new ArrayList<>();
    for (Filter alternative : alternatives) {
      switch (alternative) {
        case Filter.Compare(Property property, Relation relation, Value value)
            when relation == Relation.EQUAL ->
            values(equal, property).add(value);
        case Filter.In(Property property, List<Value> values) ->
            values(equal, property).addAll(values);
        default -> left.add(alternative);
      }
    }
    return Stream.concat(
            equal.entrySet().stream().map(each -> oneOf(each.getKey(), each.getValue())),
            left.stream())
        .reduce(Filter.Or::new)
        .orElseThrow();
  }

  private static Set<Value> values(Map<Property, Set<Value>> equal, Property property) {
    return equal.computeIfAbsent(property, first -> new LinkedHashSet<>());
  }

  private static Filter oneOf(Property property, Set<Value> values) {
    return values.size() == 1
        ? new Filter.Compare(property, Relation.EQUAL, values.iterator().next())
        : new Filter.In(property, List.copyOf(values));
  }
}
