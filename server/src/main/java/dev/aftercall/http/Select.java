package dev.aftercall.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The {@code $select} of a request. Property names match whatever the case, as Graph's do.
 *
 * @param names as asked for, in the type's spelling and the client's order; empty for everything
 */
record Select(List<String> names) {
  private static final Select EVERYTHING = new Select(List.of());

  /** OData's system query options; beta takes them without the dollar too. */
  private static final Set<String> SYSTEM =
      Set.of(
          "apply",
          "compute",
          "count",
          "deltatoken",
          "expand",
          "filter",
          "format",
          "index",
          "orderby",
          "schemaversion",
          "search",
          "select",
          "skip",
          "skiptoken",
          "top");

  /**
   * Reads {@code $select} and refuses every other system query option.
   *
   * @param properties the type's properties in its own spelling
   */
  static Select of(Request request, List<String> properties, String type) {
    Map<String, String> options = options(request);
    Optional<String> list = Optional.ofNullable(options.remove("select"));
    refuse(options, "$select");
    return list.isEmpty() ? EVERYTHING : parse(list.get(), properties, type);
  }

  /** Reads {@code $format} and refuses every other system query option. */
  static Optional<String> format(Request request) {
    Map<String, String> options = options(request);
    Optional<String> format = Optional.ofNullable(options.remove("format"));
    refuse(options, "$format");
    return format;
  }

  /** Refuses every system query option. */
  static void none(Request request) {
    refuse(options(request), "none");
  }

  boolean has(String property) {
    return names.isEmpty() || names.contains(property);
  }

  /** What the context says: {@code (id,callId)}, or nothing when everything is there. */
  String inContext() {
    return names.isEmpty() ? "" : "(" + String.join(",", names) + ")";
  }

  private static Map<String, String> options(Request request) {
    boolean beta = request.target().parameters().getOrDefault("version", "").equals("beta");
    Map<String, String> options = new TreeMap<>();
    request
        .target()
        .query()
        .values()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              String bare = lower.startsWith("$") ? lower.substring(1) : lower;
              boolean system = lower.startsWith("$") || (beta && SYSTEM.contains(lower));
              if (system && (values.size() > 1 || options.containsKey(bare))) {
                throw new GraphException(
                    ErrorCode.BAD_REQUEST,
                    "Query option '" + name + "' was specified more than once.");
              }
              if (system) {
                options.put(bare, values.getFirst());
              }
            });
    return options;
  }

  private static void refuse(Map<String, String> options, String supported) {
    if (!options.isEmpty()) {
      throw new GraphException(
          ErrorCode.BAD_REQUEST,
          "The query specified in the URI is not valid. Query option '$"
              + options.keySet().iterator().next()
              + "' is not supported here. Supported query options: "
              + supported
              + ".");
    }
  }

  private static Select parse(String list, List<String> properties, String type) {
    Set<String> seen = new TreeSet<>();
    List<String> names = new ArrayList<>();
    boolean everything = false;
    for (String item : list.split(",", -1)) {
      String asked = item.strip();
      everything |= asked.equals("*");
      String name =
          properties.stream()
              .filter(property -> property.equalsIgnoreCase(asked) || asked.equals("*"))
              .findFirst()
              .orElseThrow(() -> unknown(asked, type));
      if (seen.add(name)) {
        names.add(name);
      }
    }
    return everything ? EVERYTHING : new Select(List.copyOf(names));
  }

  private static GraphException unknown(String name, String type) {
    return new GraphException(
        ErrorCode.BAD_REQUEST,
        name.isEmpty()
            ? "Parsing OData Select and Expand failed: an item of the list is empty."
            : "Parsing OData Select and Expand failed: Could not find a property named '"
                + name
                + "' on type '"
                + type
                + "'.");
  }
}
