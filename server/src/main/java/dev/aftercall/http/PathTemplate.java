package dev.aftercall.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A path with literal segments, caught ones and choices: {@code
 * /{version:v1.0|beta}/users/{userId}/onlineMeetings/{meetingId}}. Literals and choices match
 * whatever the case, as Graph's do; caught values keep theirs.
 *
 * <p>{@code getAllRecordings({arguments})} is a function call: it matches {@code getAllRecordings},
 * {@code getAllRecordings()} and {@code getAllRecordings(userId='U')}, and catches what stands
 * between the parentheses, decoded, or nothing.
 */
public final class PathTemplate {
  private sealed interface Part {}

  private record Literal(String word) implements Part {}

  private record Catch(String name) implements Part {}

  private record Call(String function, String name) implements Part {}

  private record Choice(String name, List<String> words) implements Part {}

  private final String text;
  private final List<Part> parts;

  private PathTemplate(String text, List<Part> parts) {
    this.text = text;
    this.parts = parts;
  }

  /** Reads a template. */
  public static PathTemplate parse(String text) {
    List<Part> parts =
        List.of(text.substring(1).split("/", -1)).stream().map(PathTemplate::part).toList();
    return new PathTemplate(text, parts);
  }

  private static Part part(String segment) {
    if (!segment.startsWith("{")) {
      int open = segment.indexOf("({");
      return open < 0
          ? new Literal(segment)
          : new Call(segment.substring(0, open), segment.substring(open + 2, segment.length() - 2));
    }
    String inner = segment.substring(1, segment.length() - 1);
    int colon = inner.indexOf(':');
    return colon < 0
        ? new Catch(inner)
        : new Choice(
            inner.substring(0, colon), List.of(inner.substring(colon + 1).split("\\|", -1)));
  }

  /**
   * Matches decoded segments.
   *
   * @return what was caught, or empty when the path is another one
   */
  public Optional<Map<String, String>> match(List<String> segments) {
    if (segments.size() != parts.size() || knownPrefix(segments) < parts.size()) {
      return Optional.empty();
    }
    Map<String, String> caught = HashMap.newHashMap(4);
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Literal literal -> {}
        case Catch name -> caught.put(name.name(), segments.get(i));
        case Call call -> caught.put(call.name(), arguments(segments.get(i)));
        case Choice choice -> caught.put(choice.name(), segments.get(i).toLowerCase(Locale.ROOT));
      }
    }
    return Optional.of(caught);
  }

  /** How many segments from the left fit this template. */
  int knownPrefix(List<String> segments) {
    int most = Math.min(segments.size(), parts.size());
    for (int i = 0; i < most; i++) {
      if (!fits(parts.get(i), segments.get(i))) {
        return i;
      }
    }
    return most;
  }

  private static boolean fits(Part part, String segment) {
    return switch (part) {
      case Literal literal -> literal.word().equalsIgnoreCase(segment);
      // A function is never an id, whichever route was declared first.
      case Catch any -> !GraphPath.isCall(segment);
      case Call call -> call.function().equalsIgnoreCase(function(segment));
      case Choice choice -> choice.words().contains(segment.toLowerCase(Locale.ROOT));
    };
  }

  private static String function(String segment) {
    int open = segment.indexOf('(');
    return open > 0 && segment.endsWith(")") ? segment.substring(0, open) : segment;
  }

  private static String arguments(String segment) {
    int open = segment.indexOf('(');
    return open < 0 ? "" : segment.substring(open + 1, segment.length() - 1);
  }

  @Override
  public String toString() {
    return text;
  }
}
