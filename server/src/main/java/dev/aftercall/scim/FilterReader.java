package dev.aftercall.scim;

import dev.aftercall.scim.ScimFilter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads filters; deep nesting and long texts are refused before they cost anything. */
public final class FilterReader {
  private static final int LONGEST = 2_000;
  private static final int DEEPEST = 20;
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:(\\()|(\\))|(\"(?:[^\"\\\\]|\\\\.)*\")|([^\\s()\"]+))");
  private static final String SCHEMA = "urn:ietf:params:scim:schemas:";

  private final List<String> tokens;
  private int next;
  private int depth;

  private FilterReader(List<String> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a filter.
   *
   * @throws ScimException invalidFilter, saying where
   */
  public static ScimFilter read(String text) {
    if (text.length() > LONGEST) {
      throw ScimException.filter("The filter is longer than " + LONGEST + " characters.");
    }
    FilterReader reader = new FilterReader(tokens(text));
    ScimFilter filter = reader.or();
    reader
        .peek()
        .ifPresent(
            token -> {
              throw ScimException.filter("The filter goes on with '" + token + "' behind its end.");
            });
    return filter;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    int end = 0;
    while (token.lookingAt()) {
      end = token.end();
      tokens.add(token.group().strip());
      token.region(end, text.length());
    }
    if (!text.substring(end).isBlank()) {
      throw ScimException.filter("The filter cannot be read at '" + text.substring(end) + "'.");
    }
    return tokens;
  }

  private ScimFilter or() {
    if (++depth > DEEPEST) {
      throw ScimException.filter("The filter nests deeper than " + DEEPEST + " levels.");
    }
    ScimFilter left = and();
    while (word("or")) {
      left = new ScimFilter.Or(left, and());
    }
    depth--;
    return left;
  }

  private ScimFilter and() {
    ScimFilter left = term();
    while (word("and")) {
      left = new ScimFilter.And(left, term());
    }
    return left;
  }

  private ScimFilter term() {
    if (word("not")) {
      if (!word("(")) {
        throw ScimException.filter("After 'not' comes '('.");
      }
      return new ScimFilter.Not(closed());
    }
    return word("(") ? closed() : comparison();
  }

  private ScimFilter closed() {
    ScimFilter inner = or();
    if (!word(")")) {
      throw ScimException.filter("A ')' is missing.");
    }
    return inner;
  }

  private ScimFilter comparison() {
    String attribute = attribute(take("an attribute"));
    String word = take("an operator").toUpperCase(Locale.ROOT);
    Operator operator =
        List.of(Operator.values()).stream()
            .filter(each -> each.name().equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    ScimException.filter(
                        "'" + word + "' is no operator known here: eq, ne, co, sw, ew, pr."));
    String value = operator == Operator.PR ? "" : value(take("a value"));
    return new ScimFilter.Compare(attribute, operator, value);
  }

  /** Without the schema before it. */
  static String attribute(String written) {
    boolean urn = written.regionMatches(true, 0, SCHEMA, 0, SCHEMA.length());
    return urn ? written.substring(written.lastIndexOf(':') + 1) : written;
  }

  private static String value(String token) {
    if (token.startsWith("\"")) {
      return unescaped(token.substring(1, token.length() - 1));
    }
    if (token.matches("(?i)true|false|null|-?\\d+(\\.\\d+)?")) {
      return token.toLowerCase(Locale.ROOT);
    }
    throw ScimException.filter("'" + token + "' is no value: text stands between quotes.");
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }

  private Optional<String> peek() {
    return next < tokens.size() ? Optional.of(tokens.get(next)) : Optional.empty();
  }

  private boolean word(String word) {
    boolean there = peek().filter(word::equalsIgnoreCase).isPresent();
    next += there ? 1 : 0;
    return there;
  }

  private String take(String what) {
    String token =
        peek()
            .filter(each -> !each.equals("(") && !each.equals(")"))
            .orElseThrow(() -> ScimException.filter("The filter lacks " + what + "."));
    next++;
    return token;
  }
}
