package dev.aftercall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** Prints what a command found, for people or for programs. */
final class Output {
  enum Form {
    TABLE,
    JSON
  }

  @Option(
      names = "--output",
      paramLabel = "FORM",
      description = "table or json. Default: ${DEFAULT-VALUE}.",
      defaultValue = "table")
  private Form form = Form.TABLE;

  /** One line for people. */
  static void line(String text) {
    System.out.println(text);
  }

  /** Rows under names; as JSON a list of objects with these names. */
  void table(List<String> names, List<List<String>> rows) throws IOException {
    rows(names, rows, form == Form.JSON);
  }

  /** The same for a command with other forms beside. */
  static void rows(List<String> names, List<List<String>> rows, boolean json) throws IOException {
    if (json) {
      json(rows.stream().map(row -> named(names, row)).toList());
      return;
    }
    List<List<String>> all = new ArrayList<>();
    all.add(names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList());
    all.addAll(rows);
    int[] widths = new int[names.size()];
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : all) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      System.out.println(text.toString().stripTrailing());
    }
  }

  /** Whether programs read it. */
  boolean json() {
    return form == Form.JSON;
  }

  /** Any value as JSON. */
  static void json(Object value) throws IOException {
    System.out.println(
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
  }

  private static Map<String, String> named(List<String> names, List<String> row) {
    Map<String, String> object = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      object.put(names.get(i), row.get(i));
    }
    return object;
  }
}
