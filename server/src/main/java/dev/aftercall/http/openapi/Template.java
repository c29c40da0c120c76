package dev.aftercall.http.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route's template as OpenAPI spells it.
 *
 * @param path with {@code {name}} for what is caught
 * @param parameters in the order of the path
 * @param words the literal segments; a function without its arguments
 * @param endsInKey whether the last segment is caught: one item rather than a collection
 */
record Template(String path, List<Parameter> parameters, List<String> words, boolean endsInKey) {
  private static final Pattern CAUGHT = Pattern.compile("\\{([A-Za-z]+)(?::([^}]*))?}");

  /** Something caught; {@code choices} is empty where anything may stand. */
  record Parameter(String name, List<String> choices) {}

  static Template of(String text) {
    List<Parameter> parameters = new ArrayList<>();
    Matcher caught = CAUGHT.matcher(text);
    StringBuilder path = new StringBuilder();
    while (caught.find()) {
      String choices = caught.group(2);
      parameters.add(
          new Parameter(
              caught.group(1), choices == null ? List.of() : List.of(choices.split("\\|", -1))));
      caught.appendReplacement(path, "{" + caught.group(1) + "}");
    }
    caught.appendTail(path);
    List<String> words =
        List.of(text.substring(1).split("/", -1)).stream()
            .filter(segment -> !segment.startsWith("{"))
            .map(segment -> segment.replaceFirst("\\(.*", ""))
            .filter(word -> !word.isEmpty())
            .toList();
    return new Template(path.toString(), parameters, words, text.endsWith("}"));
  }

  /** Whether it is below {@code /v1.0} and {@code /beta}. */
  boolean graph() {
    return path.startsWith("/{version}");
  }

  String last() {
    return words.isEmpty() ? "" : words.getLast();
  }

  /** A name for the operation: {@code getUsersOnlineMeetingsRecordingsContent}. */
  String operationId(String method) {
    StringBuilder id = new StringBuilder(method.toLowerCase(Locale.ROOT));
    for (String segment : path.split("/", -1)) {
      for (String word : segment.split("[^A-Za-z0-9]+", -1)) {
        if (!word.isEmpty() && !word.equals("version")) {
          id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
      }
    }
    return id.toString();
  }
}
