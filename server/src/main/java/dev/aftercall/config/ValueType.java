package dev.aftercall.config;

import java.util.function.Function;

/**
 * How values of one type are written.
 *
 * @param allowed what is allowed, for people, such as {@code true or false}
 * @param parser reads a text; throws IllegalArgumentException whose message says what is wrong
 * @param printer writes a value so that {@code parser} reads it back, except secrets
 */
record ValueType<T>(String allowed, Function<String, T> parser, Function<T, String> printer) {
  T parse(String text) {
    return parser.apply(text);
  }

  String format(T value) {
    return printer.apply(value);
  }
}
