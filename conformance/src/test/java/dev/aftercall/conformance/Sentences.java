package dev.aftercall.conformance;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Writes a check's method name as the sentence it is. */
final class Sentences extends DisplayNameGenerator.Standard {
  private static final Pattern HUMP = Pattern.compile("[A-Z]|(?<=[a-z])[0-9]+");

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> type, Method method) {
    return sentence(method.getName());
  }

  static String sentence(String camelCase) {
    return HUMP.matcher(camelCase).replaceAll(Sentences::word).strip();
  }

  private static String word(MatchResult hump) {
    return " " + hump.group().toLowerCase(Locale.ROOT);
  }
}
