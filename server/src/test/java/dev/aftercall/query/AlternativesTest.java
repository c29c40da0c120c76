package dev.aftercall.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.query.Filter.And;
import dev.aftercall.query.Filter.Compare;
import dev.aftercall.query.Filter.Constant;
import dev.aftercall.query.Filter.In;
import dev.aftercall.query.Filter.Match;
import dev.aftercall.query.Filter.Not;
import dev.aftercall.query.Filter.Or;
import dev.aftercall.query.Filter.Place;
import dev.aftercall.query.Filter.Relation;
import dev.aftercall.query.Filter.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of an {@code or}; that it means the same is shown on rows in InventoryContract. */
final class AlternativesTest {
  private static final Filter A = id("a");
  private static final Filter B = id("b");
  private static final Filter LATER =
      new Compare(Property.CREATED, Relation.GREATER, new Value.Instant(5));
  private static final Filter CALL = new Compare(Property.CALL_ID, Relation.EQUAL, text("a"));

  @Test
  void valuesOfOnePropertyAreOneListHoweverTheyAreBracketed() {
    assertJoined(new Or(A, B), in("a", "b"));
    assertJoined(new Or(A, new Or(B, id("c"))), in("a", "b", "c"));
    assertJoined(new Or(new Or(A, B), new Or(id("c"), B)), in("a", "b", "c"));
    assertJoined(new Or(in("a", "b"), new Or(in("b", "c"), id("d"))), in("a", "b", "c", "d"));
  }

  @Test
  void theSameValueTwiceIsOneEquality() {
    assertJoined(new Or(A, A), A);
    assertJoined(new Or(A, in("a")), A);
    assertJoined(new Or(in(), in()), in());
    assertJoined(new Or(in(), A), A);
  }

  @Test
  void nullIsAValueAmongOthers() {
    Filter none = new Compare(Property.ID, Relation.EQUAL, new Value.Null());
    assertJoined(new Or(none, A), new In(Property.ID, List.of(new Value.Null(), text("a"))));
  }

  @Test
  void orsAreFoundWithinOtherConditions() {
    assertJoined(new And(new Or(A, B), LATER), new And(in("a", "b"), LATER));
    assertJoined(new Not(new Or(A, B)), new Not(in("a", "b")));
    assertJoined(
        new Or(new And(new Or(A, B), LATER), LATER), new Or(new And(in("a", "b"), LATER), LATER));
  }

  @Test
  void whatIsNoEqualityStaysAnAlternative() {
    Filter unlike = new Compare(Property.ID, Relation.NOT_EQUAL, text("a"));
    Filter part = new Match(Property.ID, Place.START, "a");
    assertJoined(new Or(unlike, A), new Or(A, unlike));
    assertJoined(new Or(part, new Or(A, B)), new Or(in("a", "b"), part));
    assertJoined(new Or(LATER, new Not(A)), new Or(LATER, new Not(A)));
    assertJoined(new Or(new Constant(true), A), new Or(A, new Constant(true)));
    assertJoined(new Or(new And(A, LATER), B), new Or(B, new And(A, LATER)));
  }

  @Test
  void propertiesAreNotMixed() {
    assertJoined(new Or(A, new Or(CALL, B)), new Or(in("a", "b"), CALL));
  }

  private static void assertJoined(Filter filter, Filter expected) {
    assertThat(Alternatives.joined(filter)).isEqualTo(expected);
  }

  private static Filter id(String value) {
    return new Compare(Property.ID, Relation.EQUAL, text(value));
  }

  private static Filter in(String... values) {
    return new In(Property.ID, List.of(values).stream().<Value>map(Value.Text::new).toList());
  }

  private static Value text(String value) {
    return new Value.Text(value);
  }
}
