package dev.aftercall.http.odata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Place;
import dev.aftercall.query.Filter.Relation;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.Property;
import dev.aftercall.time.Ticks;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random conditions, written as OData with random blanks and letter case, are read back equal. */
final class RoundTripTest {
  private static final int CONDITIONS_A_SEED = 200;
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "it's",
          "''",
          "(",
          ")",
          ",",
          " and ",
          "é\ud83c\udfa5",
          "a/b?c=d&e",
          "null",
          "%41");

  @RepeatedTest(20)
  void writtenAndReadBack(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    for (int i = 0; i < CONDITIONS_A_SEED; i++) {
      ArtifactType type = pick(random, ArtifactType.values());
      Filter filter = filter(random, 4);
      String text = new Writer(random, type).write(filter);

      assertThat(FilterReader.read(text, type)).as(text).isEqualTo(filter);
    }
  }

  private static Filter filter(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 6)) {
      case 0 -> compare(random);
      case 1 -> {
        Property property = pick(random, Property.values());
        yield new Filter.In(
            property,
            IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> value(random, property))
                .toList());
      }
      case 2 -> new Filter.Match(text(random), pick(random, Place.values()), pick(random, TEXTS));
      case 3 -> new Filter.And(filter(random, depth - 1), filter(random, depth - 1));
      case 4 -> new Filter.Or(filter(random, depth - 1), filter(random, depth - 1));
      default -> new Filter.Not(filter(random, depth - 1));
    };
  }

  private static Filter compare(Random random) {
    Property property = pick(random, Property.values());
    Value value = value(random, property);
    Relation relation =
        value instanceof Value.Null
            ? pick(random, Relation.EQUAL, Relation.NOT_EQUAL)
            : pick(random, Relation.values());
    return new Filter.Compare(property, relation, value);
  }

  private static Value value(Random random, Property property) {
    if (random.nextInt(5) == 0) {
      return new Value.Null();
    }
    return property.type() == Property.Type.TEXT
        ? new Value.Text(pick(random, TEXTS))
        : new Value.Instant(random.nextLong(-10_000_000_000_000_000L, 100_000_000_000_000_000L));
  }

  private static Property text(Random random) {
    return pick(
        random,
        List.of(Property.values()).stream()
            .filter(property -> property.type() == Property.Type.TEXT)
            .toList());
  }

  @SafeVarargs
  private static <T> T pick(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }

  private static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private record Writer(Random random, ArtifactType type) {
    String write(Filter filter) {
      return switch (filter) {
        case Filter.Constant(boolean value) -> Boolean.toString(value);
        case Filter.And(Filter left, Filter right) -> inner(left) + word(" and ") + inner(right);
        case Filter.Or(Filter left, Filter right) -> inner(left) + word(" or ") + inner(right);
        case Filter.Not(Filter inner) -> word("not ") + inner(inner);
        case Filter.Compare(Property property, Relation relation, Value value) ->
            random.nextBoolean()
                ? name(property) + word(operator(relation)) + literal(value)
                : literal(value) + word(operator(turned(relation))) + name(property);
        case Filter.In(Property property, List<Value> values) ->
            name(property)
                + word(" in ")
                + "("
                + values.stream().map(this::literal).collect(Collectors.joining(","))
                + ")";
        case Filter.Match(Property property, Place place, String part) ->
            word(
                    switch (place) {
                      case START -> "startswith";
                      case END -> "endswith";
                      case ANYWHERE -> "contains";
                    })
                + "("
                + name(property)
                + ","
                + literal(new Value.Text(part))
                + ")";
      };
    }

    private String inner(Filter filter) {
      return blank() + "(" + blank() + write(filter) + blank() + ")";
    }

    private String blank() {
      return random.nextInt(4) == 0 ? " " : "";
    }

    private String word(String word) {
      String cased = random.nextInt(4) == 0 ? word.toUpperCase(Locale.ROOT) : word;
      return random.nextInt(4) == 0 ? cased.replace(" ", "  ") : cased;
    }

    private String name(Property property) {
      String path = property == Property.CONTENT_URL ? type.urlProperty() : property.path();
      return blank() + (random.nextInt(3) == 0 ? path.toUpperCase(Locale.ROOT) : path);
    }

    private String literal(Value value) {
      return switch (value) {
        case Value.Null none -> word("null");
        case Value.Text(String text) -> "'" + text.replace("'", "''") + "'";
        case Value.Instant(long ticks) -> Ticks.format(ticks);
      };
    }

    private static String operator(Relation relation) {
      return switch (relation) {
        case EQUAL -> " eq ";
        case NOT_EQUAL -> " ne ";
        case LESS -> " lt ";
        case LESS_OR_EQUAL -> " le ";
        case GREATER -> " gt ";
        case GREATER_OR_EQUAL -> " ge ";
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
  }
}
