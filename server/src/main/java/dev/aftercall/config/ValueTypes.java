package dev.aftercall.config;

import dev.aftercall.fetch.HostPattern;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types of values, except those with units ({@link Quantity}). */
final class ValueTypes {
  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private ValueTypes() {}

  static ValueType<String> text() {
    return new ValueType<>("any text", Function.identity(), Function.identity());
  }

  static ValueType<Secret> secret() {
    return new ValueType<>(
        "any text, or file: and the absolute path of a file that holds it",
        Secret::new,
        Secret::toString);
  }

  static ValueType<Path> path() {
    return new ValueType<>("a path", Path::of, Path::toString);
  }

  static ValueType<Boolean> bool() {
    return new ValueType<>("true or false", ValueTypes::parseBool, String::valueOf);
  }

  private static Boolean parseBool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(text, "true or false");
    };
  }

  static ValueType<Integer> integer(int least, int most) {
    return new ValueType<>(
        "a number from %d to %d".formatted(least, most),
        text -> {
          int value = parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException("%s is out of bounds".formatted(text));
          }
          return value;
        },
        String::valueOf);
  }

  private static int parseInt(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is not a number in bounds".formatted(text), e);
    }
  }

  static ValueType<Integer> port() {
    return integer(0, 65535);
  }

  /** The constants of an enum in lower case with hyphens. */
  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    String allowed = constants.stream().map(ValueTypes::word).collect(Collectors.joining(", "));
    return new ValueType<>(
        "one of " + allowed,
        text ->
            constants.stream()
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> invalid(text, "one of " + allowed)),
        ValueTypes::word);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An address to listen at. */
  static ValueType<String> host() {
    return new ValueType<>(
        "an IP address or a host name", ValueTypes::parseHost, Function.identity());
  }

  private static String parseHost(String text) {
    if (HOST_NAME.matcher(text).matches()) {
      return text;
    }
    if (text.startsWith("[")) {
      throw new IllegalArgumentException("'%s' has brackets".formatted(text));
    }
    try {
      var _ = InetAddress.ofLiteral(text); // asks no name server
      return text;
    } catch (IllegalArgumentException e) {
      throw invalid(text, "an IP address or a host name", e);
    }
  }

  /** Hosts to call: one by its name or address, or all below a domain. */
  static ValueType<HostPattern> hosts() {
    return new ValueType<>(
        "a host, *.example.org, or either with :port", HostPattern::parse, HostPattern::toString);
  }

  static ValueType<CidrRange> cidr() {
    return new ValueType<>(
        "a range of addresses such as 10.0.0.0/8 or fd00::/8, or one address",
        CidrRange::parse,
        CidrRange::toString);
  }

  static ValueType<UUID> guid() {
    return new ValueType<>(
        "a GUID",
        text -> {
          // UUID.fromString alone takes 1-1-1-1-1.
          if (!GUID.matcher(text).matches()) {
            throw invalid(text, "a GUID");
          }
          return UUID.fromString(text);
        },
        UUID::toString);
  }

  static ValueType<ZoneId> zone() {
    return new ValueType<>(
        "a time zone such as Europe/Berlin or UTC",
        text -> {
          try {
            return ZoneId.of(text);
          } catch (DateTimeException e) {
            throw invalid(text, "a time zone", e);
          }
        },
        ZoneId::getId);
  }

  static ValueType<URI> url() {
    return new ValueType<>(
        "an absolute http or https URL without user, query and fragment",
        ValueTypes::parseUrl,
        URI::toString);
  }

  /** A URL that ends with its host and port; a lone slash at the end is dropped. */
  static ValueType<URI> origin() {
    return new ValueType<>(
        "an absolute http or https URL without a path, such as https://recordings.example.com",
        text -> {
          URI url = parseUrl(text);
          return switch (url.getRawPath()) {
            case "" -> url;
            case "/" -> URI.create(text.substring(0, text.length() - 1));
            default -> throw new IllegalArgumentException("'%s' has a path".formatted(text));
          };
        },
        URI::toString);
  }

  private static URI parseUrl(String text) {
    if (text.contains("@")) {
      // Not shown: what stands before the @ may be a password.
      throw new IllegalArgumentException("the URL carries a user or a password");
    }
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw invalid(text, "a URL", e);
    }
    boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    if (!web || url.getHost() == null) {
      throw invalid(text, "an absolute http or https URL");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("'%s' has a query or a fragment".formatted(text));
    }
    return url;
  }

  /** Nothing at all, or a value. */
  static <T> ValueType<Optional<T>> optional(ValueType<T> type) {
    return new ValueType<>(
        type.allowed(),
        text -> text.isEmpty() ? Optional.empty() : Optional.of(type.parse(text)),
        value -> value.map(type::format).orElse(""));
  }

  /** Values with commas between them. */
  static <T> ValueType<List<T>> listOf(ValueType<T> type) {
    return new ValueType<>(
        "a list with commas; each element: " + type.allowed(),
        text ->
            text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(e -> element(type, e.strip())).toList(),
        list -> list.stream().map(type::format).collect(Collectors.joining(",")));
  }

  private static <T> T element(ValueType<T> type, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the list has an empty element");
    }
    return type.parse(text);
  }

  private static IllegalArgumentException invalid(String text, String what) {
    return new IllegalArgumentException("'%s' is not %s".formatted(text, what));
  }

  private static IllegalArgumentException invalid(String text, String what, Throwable cause) {
    return new IllegalArgumentException("'%s' is not %s".formatted(text, what), cause);
  }
}
