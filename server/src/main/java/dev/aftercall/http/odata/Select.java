package dev.aftercall.http.odata;

import dev.aftercall.http.GraphException;
import dev.aftercall.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The {@code $select} of a request. Property names match whatever the case, as Graph's do.
 *
 * @param names as asked for, in the type's spelling and the client's order; empty for everything
 */
public record Select(List<String> names) {
  /** Everything the type has. */
  public static final Select EVERYTHING = new Select(List.of());

  /** Copies the names. */
  public Select {
    names = List.copyOf(names);
  }

  /** Reads {@code $select} of such an artifact and refuses every other system query option. */
  public static Select of(Request request, ArtifactType type) {
    return of(request, type.properties(), type.typeName());
  }

  /**
   * Reads {@code $select} and refuses every other system query option.
   *
   * @param properties the type's properties in its own spelling
   */
  public static Select of(Request request, List<String> properties, String type) {
    return of(SystemOptions.of(request).only("$select").value("select"), properties, type);
  }

  /** Reads a list of properties; none is everything. */
  public static Select of(Optional<String> list, List<String> properties, String type) {
    return list.isEmpty() ? EVERYTHING : parse(list.get(), properties, type);
  }

  /** Refuses every system query option. */
  public static void none(Request request) {
    SystemOptions.of(request).only();
  }

  /** Reads {@code $format} and refuses every other system query option. */
  public static Optional<String> format(Request request) {
    return SystemOptions.of(request).only("$format").value("format");
  }

  /** Whether that property is wanted. */
  public boolean has(String property) {
    return names.isEmpty() || names.contains(property);
  }

  /** What the context says: {@code (id,callId)}, or nothing when everything is there. */
  public String inContext() {
    return names.isEmpty() ? "" : "(" + String.join(",", names) + ")";
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
    return everything ? EVERYTHING : new Select(names);
  }

  private static GraphException unknown(String name, String type) {
    return SystemOptions.bad(
        "Parsing OData Select and Expand failed: "
            + (name.isEmpty()
                ? "an item of the list is empty."
                : "Could not find a property named '" + name + "' on type '" + type + "'."));
  }
}
