package dev.aftercall.http.odata;

import dev.aftercall.http.GraphException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What stands between the parentheses of a function call: {@code name=value,name=value}. */
final class Arguments {
  private static final int LONGEST = 2_048;

  private final String text;
  private final Map<String, Argument> byName;

  private Arguments(String text, Map<String, Argument> byName) {
    this.text = text;
    this.byName = byName;
  }

  /**
   * Reads arguments; names match whatever the case.
   *
   * @throws GraphException 400 for what is not the function's
   */
  static Arguments of(String text, GetAllFunction function) {
    Map<String, Argument> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Arguments arguments = new Arguments(text, byName);
    if (text.length() > LONGEST) {
      throw SystemOptions.bad(
          "The arguments of " + function.word() + " have more than " + LONGEST + " characters.");
    }
    if (!text.isBlank()) {
      int start = 0;
      while (start <= text.length()) {
        int end = arguments.endOfArgument(start);
        arguments.add(start, end, function);
        start = end + 1;
      }
    }
    return arguments;
  }

  Optional<Argument> get(String name) {
    return Optional.ofNullable(byName.get(name)).filter(argument -> !argument.absent());
  }

  GraphException syntax(int position) {
    return SystemOptions.bad("Syntax error at position " + position + " in '" + text + "'.");
  }

  private int endOfArgument(int start) {
    boolean quoted = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '\'';
      if (c == ',' && !quoted) {
        return i;
      }
    }
    if (quoted) {
      throw SystemOptions.bad(
          "There is an unterminated string literal at position "
              + text.lastIndexOf('\'')
              + " in '"
              + text
              + "'.");
    }
    return text.length();
  }

  private void add(int start, int end, GetAllFunction function) {
    int equals = text.indexOf('=', start);
    if (equals < 0 || equals >= end) {
      throw syntax(end);
    }
    String name = text.substring(start, equals).strip();
    List<String> known = function.parameters();
    if (known.stream().noneMatch(name::equalsIgnoreCase)) {
      throw SystemOptions.bad(
          "The parameter '"
              + name
              + "' at position "
              + start
              + " is not in the signature "
              + function.word()
              + "("
              + String.join(",", known)
              + ").");
    }
    Argument value = Argument.of(text.substring(equals + 1, end), equals + 1);
    if (value.kind() == Argument.Kind.BARE && value.text().chars().anyMatch(c -> c == '\'')) {
      throw syntax(equals + 1);
    }
    if (byName.put(name, value) != null) {
      throw SystemOptions.bad("The parameter '" + name + "' was specified more than once.");
    }
  }
}
