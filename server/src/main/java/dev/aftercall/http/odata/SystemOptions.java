package dev.aftercall.http.odata;

import dev.aftercall.http.ErrorCode;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.Query;
import dev.aftercall.http.Request;
import dev.aftercall.query.ListQuery;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * OData's system query options of one request. Names match whatever the case; beta takes them
 * without the dollar too, and both versions take the two tokens so, since Graph's own links spell
 * them {@code skipToken}.
 */
public final class SystemOptions {
  private static final Set<String> KNOWN =
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

  private static final Set<String> TOKENS = Set.of("skiptoken", "deltatoken");

  /** By bare name in small letters. */
  private final Map<String, String> values;

  private SystemOptions(Map<String, String> values) {
    this.values = values;
  }

  /** The options of a request. */
  public static SystemOptions of(Request request) {
    String version = request.target().parameters().getOrDefault("version", "");
    return of(request.target().query(), version.equals("beta"));
  }

  /**
   * Sorts the system query options out of a query.
   *
   * @throws GraphException 400 when one is there twice
   */
  static SystemOptions of(Query query, boolean dollarOptional) {
    Map<String, String> options = new TreeMap<>();
    query
        .values()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              String bare = lower.startsWith("$") ? lower.substring(1) : lower;
              boolean system =
                  lower.startsWith("$")
                      || TOKENS.contains(lower)
                      || (dollarOptional && KNOWN.contains(lower));
              if (system && (values.size() > 1 || options.containsKey(bare))) {
                throw bad("Query option '" + name + "' was specified more than once.");
              }
              if (system) {
                options.put(bare, values.getFirst());
              }
            });
    return new SystemOptions(options);
  }

  /** The value of an option, named in small letters without its dollar. */
  public Optional<String> value(String bare) {
    return Optional.ofNullable(values.get(bare));
  }

  /**
   * How many items a page may have, where the client says.
   *
   * @throws GraphException 400 when it is no number from 1 to 999
   */
  public Optional<Integer> top() {
    return value("top").map(SystemOptions::top);
  }

  private static int top(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw bad(
          "Invalid value '"
              + text
              + "' for $top query option found. The $top query option requires an integer from 1"
              + " to 999.");
    }
    String value = digits.replaceFirst("^0+(?=.)", "");
    if (value.length() > 3) {
      throw bad(
          "The limit of '"
              + ListQuery.MOST
              + "' for Top query has been exceeded. The value from the incoming request is '"
              + text
              + "'.");
    }
    if (value.equals("0")) {
      throw bad(
          "Invalid value '0' for $top query option found. The $top query option requires an"
              + " integer from 1 to 999.");
    }
    return Integer.parseInt(value);
  }

  /** Refuses all but these, named with their dollar. */
  public SystemOptions only(String... supported) {
    Set<String> allowed =
        Arrays.stream(supported)
            .map(name -> name.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    for (String name : values.keySet()) {
      if (!allowed.contains(name)) {
        throw bad(
            "The query specified in the URI is not valid. Query option '$"
                + name
                + "' is not supported here. Supported query options: "
                + (supported.length == 0 ? "none" : String.join(", ", supported))
                + ".");
      }
    }
    return this;
  }

  static GraphException bad(String message) {
    return new GraphException(ErrorCode.BAD_REQUEST, message);
  }
}
