package dev.aftercall.http.odata;

import dev.aftercall.query.Filter;
import dev.aftercall.query.Property;

/** A part of an expression, as far as it is understood. */
sealed interface Operand {
  /** What differs from recording to recording. */
  record Column(Property property) implements Operand {}

  /** A condition, a constant one included. */
  record Condition(Filter filter) implements Operand {}

  /** A complex value that is always there. */
  record Present() implements Operand {}

  /** What is the same for all recordings. */
  sealed interface Constant extends Operand {}

  /** {@code null} */
  record Null() implements Constant {}

  /** A string. */
  record Text(String text) implements Constant {}

  /** An instant, finer than ticks. */
  record Moment(DateTimeOffset instant) implements Constant {}
}
