package dev.aftercall.jdbc;

import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Place;
import dev.aftercall.query.Filter.Relation;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.Order;
import dev.aftercall.query.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Conditions and orders that hit something, drawn from the values that rows have. */
final class RandomQueries {
  private static final List<Property> ORDERED =
      List.of(Property.CREATED, Property.ENDED, Property.ID);

  private final SplittableRandom random;
  private final List<Meaning.Row> rows;

  RandomQueries(long seed, List<Meaning.Row> rows) {
    this.random = new SplittableRandom(seed);
    this.rows = rows;
  }

  Filter filter(int depth) {
    int choice = random.nextInt(depth == 0 ? 4 : 11);
    return switch (choice) {
      case 0, 1 -> {
        Property property = property();
        yield new Filter.Compare(property, one(Relation.values()), value(property));
      }
      case 2 -> in(property());
      case 3 -> match();
      case 4, 5 -> new Filter.And(filter(depth - 1), filter(depth - 1));
      case 6, 7 -> new Filter.Or(filter(depth - 1), filter(depth - 1));
      case 8, 9 -> anyOf(property(), 2 + random.nextInt(4), depth);
      default ->
          random.nextInt(8) == 0
              ? new Filter.Constant(random.nextBoolean())
              : new Filter.Not(filter(depth - 1));
    };
  }

  List<Order> order() {
    List<Order> orders = new ArrayList<>();
    List<Property> left = new ArrayList<>(ORDERED);
    for (int count = random.nextInt(4); count > 0; count--) {
      orders.add(new Order(left.remove(random.nextInt(left.size())), random.nextBoolean()));
    }
    return orders;
  }

  int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  private Property property() {
    return one(Property.values());
  }

  /** Alternatives that most often ask for the equality of one property, however bracketed. */
  private Filter anyOf(Property property, int count, int depth) {
    if (count > 1) {
      int first = 1 + random.nextInt(count - 1);
      return new Filter.Or(anyOf(property, first, depth), anyOf(property, count - first, depth));
    }
    return switch (random.nextInt(8)) {
      case 0 -> filter(depth - 1);
      case 1, 2 -> in(property);
      default -> new Filter.Compare(property, Relation.EQUAL, value(property));
    };
  }

  private Filter in(Property property) {
    List<Value> values = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      values.add(value(property));
    }
    return new Filter.In(property, values);
  }

  private Filter match() {
    Property property = property();
    while (property.type() != Property.Type.TEXT) {
      property = property();
    }
    String text = value(property) instanceof Value.Text(String it) ? it : "x";
    int length = text.codePointCount(0, text.length());
    int from = length == 0 ? 0 : random.nextInt(length);
    int to = from + (length == from ? 0 : random.nextInt(length - from + 1));
    String part = text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
    return new Filter.Match(property, one(Place.values()), part);
  }

  private Value value(Property property) {
    int choice = random.nextInt(12);
    if (choice == 0) {
      return new Value.Null();
    }
    Value own =
        rows.get(random.nextInt(rows.size())).values().getOrDefault(property, new Value.Null());
    return switch (own) {
      case Value.Instant(long ticks) -> new Value.Instant(ticks + random.nextInt(3) - 1);
      case Value.Text(String text) when choice == 1 -> new Value.Text(text + "\0x");
      case Value.Text(String text) when choice == 2 -> new Value.Text(swapped(text));
      case Value.Text(String text) when choice == 3 -> new Value.Text("o'; drop table x--%_");
      default -> own;
    };
  }

  private static String swapped(String text) {
    return text.equals(text.toUpperCase(Locale.ROOT))
        ? text.toLowerCase(Locale.ROOT)
        : text.toUpperCase(Locale.ROOT);
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
