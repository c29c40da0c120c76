package dev.aftercall.jdbc;

import dev.aftercall.query.Comparison;
import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Relation;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.Property;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes a condition in SQL that means the same on SQLite and PostgreSQL. No operand in SQL is ever
 * null, so that SQL's three-valued logic has no say; what is null or the same for the whole
 * collection is decided here.
 */
final class FilterSql {
  private final Function<Property, Operand> operands;

  /** What stands for a property. */
  sealed interface Operand {}

  /** An expression of columns, never null. */
  record Column(Sql expression) implements Operand {
    static Column of(String column) {
      return new Column(new Sql().add(column));
    }
  }

  /**
   * Texts that are made of what stands in an index.
   *
   * @param index where such rows are found by what some of those texts are made of; empty where
   *     none of them is one that a row can have
   */
  record Made(Sql expression, Function<List<String>, Optional<Sql>> index) implements Operand {}

  /** The same value for every item. */
  record Fixed(Value value) implements Operand {}

  FilterSql(Function<Property, Operand> operands) {
    this.operands = operands;
  }

  /** The condition in parentheses. */
  Sql of(Filter filter) {
    return switch (filter) {
      case Filter.Constant(boolean value) -> truth(value);
      case Filter.And(Filter left, Filter right) -> both(left, " and ", right);
      case Filter.Or(Filter left, Filter right) -> both(left, " or ", right);
      case Filter.Not(Filter inner) -> new Sql().add("(not ").add(of(inner)).add(")");
      case Filter.Compare(Property property, Relation relation, Value value) ->
          compare(operands.apply(property), relation, value);
      case Filter.In(Property property, List<Value> values) -> in(property, values);
      case Filter.Match(Property property, Filter.Place place, String part) ->
          match(operands.apply(property), place, part);
    };
  }

  private Sql both(Filter left, String word, Filter right) {
    return new Sql().add("(").add(of(left)).add(word).add(of(right)).add(")");
  }

  private static Sql truth(boolean value) {
    return new Sql().add(value ? "(1 = 1)" : "(1 = 0)");
  }

  private static Sql compare(Operand operand, Relation relation, Value value) {
    return switch (operand) {
      case Fixed(Value fixed) -> truth(Comparison.holds(fixed, relation, value));
      case Column(Sql column) -> compare(column, relation, value);
      case Made made ->
          relation == Relation.EQUAL
              ? found(made, List.of(value))
              : compare(made.expression(), relation, value);
    };
  }

  private static Sql compare(Sql column, Relation relation, Value value) {
    return switch (value) {
      case Value.Null none -> truth(relation == Relation.NOT_EQUAL);
      case Value.Text(String text) -> compare(column, relation, text);
      case Value.Instant(long ticks) ->
          new Sql().add("(").add(column).add(sign(relation), ticks).add(")");
    };
  }

  /** Both are said: the second is true of the same rows, and can be looked up. */
  private static Sql found(Made made, List<Value> values) {
    List<String> texts =
        values.stream()
            .flatMap(value -> FilterSql.possible(value).stream())
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .toList();
    return made.index()
        .apply(texts)
        .map(
            index ->
                new Sql()
                    .add("(")
                    .add(oneOf(made.expression(), List.copyOf(texts)))
                    .add(" and ")
                    .add(index)
                    .add(")"))
        .orElseGet(() -> truth(false));
  }

  /**
   * PostgreSQL takes no NUL, and no text that is kept has one: every text that is less than {@code
   * a\0b} is {@code a} or less.
   */
  private static Sql compare(Sql column, Relation relation, String text) {
    int nul = text.indexOf('\0');
    if (nul < 0) {
      return new Sql().add("(").add(column).add(sign(relation), text).add(")");
    }
    return switch (relation) {
      case EQUAL -> truth(false);
      case NOT_EQUAL -> truth(true);
      case LESS, LESS_OR_EQUAL -> compare(column, Relation.LESS_OR_EQUAL, text.substring(0, nul));
      case GREATER, GREATER_OR_EQUAL -> compare(column, Relation.GREATER, text.substring(0, nul));
    };
  }

  private static String sign(Relation relation) {
    return switch (relation) {
      case EQUAL -> " = ?";
      case NOT_EQUAL -> " <> ?";
      case LESS -> " < ?";
      case LESS_OR_EQUAL -> " <= ?";
      case GREATER -> " > ?";
      case GREATER_OR_EQUAL -> " >= ?";
    };
  }

  /** A list of constants can be looked up in an index; alternatives between brackets cannot. */
  private Sql in(Property property, List<Value> values) {
    return switch (operands.apply(property)) {
      case Fixed fixed -> truth(values.stream().anyMatch(value -> fits(fixed, value)));
      case Column(Sql column) ->
          oneOf(
              column,
              values.stream().flatMap(value -> FilterSql.possible(value).stream()).toList());
      case Made made -> found(made, values);
    };
  }

  private static Sql oneOf(Sql column, List<Object> possible) {
    return possible.isEmpty()
        ? truth(false)
        : new Sql()
            .add("(")
            .add(column)
            .add(" in (?" + ", ?".repeat(possible.size() - 1) + "))", possible.toArray());
  }

  private static boolean fits(Fixed operand, Value value) {
    return Comparison.holds(operand.value(), Relation.EQUAL, value);
  }

  private static List<Object> possible(Value value) {
    return switch (value) {
      case Value.Null none -> List.of();
      case Value.Text(String text) -> text.indexOf('\0') < 0 ? List.of(text) : List.of();
      case Value.Instant(long ticks) -> List.of(ticks);
    };
  }

  /** Without LIKE, whose case and escapes each database has its own mind about. */
  private static Sql match(Operand operand, Filter.Place place, String part) {
    if (operand instanceof Fixed(Value fixed)) {
      return truth(
          fixed instanceof Value.Text(String text) && Comparison.matches(text, place, part));
    }
    if (part.isEmpty() || part.indexOf('\0') >= 0) {
      return truth(part.isEmpty());
    }
    Sql column = operand instanceof Made made ? made.expression() : ((Column) operand).expression();
    int length = part.codePointCount(0, part.length());
    Sql sql = new Sql().add("(");
    return switch (place) {
      case START -> sql.add("substr(").add(column).add(", 1, ?) = ?)", length, part);
      case END ->
          sql.add("substr(")
              .add(column)
              .add(", length(")
              .add(column)
              .add(") - ? + 1) = ?)", length, part);
      case ANYWHERE ->
          sql.add("replace(").add(column).add(", ?, '') <> ", part).add(column).add(")");
    };
  }
}
