package dev.aftercall.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A query string, decoded: names to their values in the order they came. */
public record Query(Map<String, List<String>> values) {
  /** No query at all. */
  public static final Query NONE = new Query(Map.of());

  /**
   * Parses {@code name=value&…}; {@code +} and {@code %20} are both a blank. The same rules serve
   * {@code application/x-www-form-urlencoded} bodies.
   *
   * @throws GraphException 400 when a percent-encoding is broken
   */
  public static Query parse(String raw) {
    if (raw.isEmpty()) {
      return NONE;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.computeIfAbsent(decode(name), any -> new ArrayList<>()).add(decode(value));
      }
    }
    return new Query(values);
  }

  /** The first value of that name, letters as given. */
  public Optional<String> first(String name) {
    return Optional.ofNullable(values.get(name)).map(List::getFirst);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new GraphException(
          ErrorCode.BAD_REQUEST, "The query has a broken percent-encoding near '" + text + "'.");
    }
  }
}
