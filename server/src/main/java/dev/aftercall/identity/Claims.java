package dev.aftercall.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The payload of a token. A claim of another type than asked for counts as missing. */
record Claims(Map<String, Object> json) {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  boolean has(String name) {
    return find(json, name) != null;
  }

  Optional<String> text(String name) {
    return find(json, name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  Optional<String> firstText(List<String> names) {
    return names.stream().flatMap(name -> text(name).stream()).findFirst();
  }

  /** Seconds since the epoch (RFC 7519, NumericDate); fractions are cut off. */
  OptionalLong seconds(String name) {
    return find(json, name) instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /** {@code aud}: one text or an array of them (RFC 7519, section 4.1.3); never split at blanks. */
  Stream<String> audiences() {
    return switch (find(json, "aud")) {
      case String one -> Stream.of(one);
      case Collection<?> many -> texts(many);
      case null, default -> Stream.empty();
    };
  }

  /** Scopes and roles: an array of texts, or one text with blanks between. */
  Set<String> words(String name) {
    Stream<String> words =
        switch (find(json, name)) {
          case String text -> BLANKS.splitAsStream(text);
          case Collection<?> many -> texts(many);
          case null, default -> Stream.empty();
        };
    return words.filter(word -> !word.isBlank()).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> texts(Collection<?> many) {
    return many.stream().filter(String.class::isInstance).map(String.class::cast);
  }

  /**
   * The literal name wins; else every dot may be the border between an object and its member, for
   * client ids, which name the objects of Keycloak's {@code resource_access}, may hold dots.
   */
  private static @Nullable Object find(Map<?, ?> object, String name) {
    if (object.containsKey(name)) {
      return object.get(name);
    }
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      if (object.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
        Object found = find(inner, name.substring(dot + 1));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
