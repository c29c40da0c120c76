package dev.aftercall.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the route of a request among those declared at start. */
final class Router {
  /**
   * What lies above every resource we might serve and is there in every cloud, so that the segment
   * named as unknown is the one that Graph would name.
   */
  private static final List<PathTemplate> LANDMARKS =
      Stream.of("me", "users/{userId}", "communications")
          .map(path -> PathTemplate.parse("/{version:v1.0|beta}/" + path))
          .toList();

  /** What Graph has as the name of a subscription alone, and knows as a path of nothing. */
  private static final List<PathTemplate> NO_API =
      Stream.of("getAllRecordings", "getAllTranscripts")
          .map(function -> "/{version:v1.0|beta}/communications/adhocCalls/" + function + "({a})")
          .map(PathTemplate::parse)
          .toList();

  private final List<Route> routes;

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** What the path leads to. */
  sealed interface Match {}

  /** An endpoint; {@code allowed} says whether it takes the method. */
  record Found(Route route, Map<String, String> parameters, boolean allowed, String allow)
      implements Match {}

  /**
   * No endpoint; {@code segment} is the first one nobody knows, empty when the path ends early or
   * is known to be no API.
   */
  record Unknown(String segment) implements Match {}

  Match match(String method, List<String> segments) {
    Found otherMethod = null;
    for (Route route : routes) {
      var caught = route.path().match(segments);
      if (caught.isPresent()) {
        boolean allowed = route.methods().contains(method.equals("HEAD") ? "GET" : method);
        if (allowed) {
          return new Found(route, caught.get(), true, "");
        }
        otherMethod = new Found(route, caught.get(), false, allow(segments));
      }
    }
    return otherMethod != null ? otherMethod : new Unknown(firstUnknown(segments));
  }

  private String allow(List<String> segments) {
    return String.join(
        ", ",
        routes.stream()
            .filter(route -> route.path().match(segments).isPresent())
            .flatMap(route -> route.methods().stream())
            .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
            .distinct()
            .sorted()
            .toList());
  }

  private String firstUnknown(List<String> segments) {
    if (NO_API.stream().anyMatch(path -> path.match(segments).isPresent())) {
      return "";
    }
    int known =
        Stream.concat(LANDMARKS.stream(), routes.stream().map(Route::path))
            .mapToInt(path -> path.knownPrefix(segments))
            .max()
            .orElse(0);
    return known < segments.size() ? segments.get(known) : "";
  }

  /**
   * Whether a path belongs to Graph: there only what is declared {@link Route.Admission#PUBLIC},
   * {@code $metadata} and the service document, is told to those without a token, not even which
   * paths exist.
   */
  static boolean graph(List<String> segments) {
    String first = segments.isEmpty() ? "" : segments.getFirst().toLowerCase(Locale.ROOT);
    return first.equals("v1.0") || first.equals("beta");
  }
}
