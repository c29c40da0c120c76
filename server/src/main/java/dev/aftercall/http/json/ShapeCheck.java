package dev.aftercall.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.ErrorCode;
import dev.aftercall.http.GraphException;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.time.Ticks;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compares an object with its shape and says what is wrong. */
final class ShapeCheck {
  private static final int SHOWN = 80;

  private final boolean whole;

  ShapeCheck(boolean whole) {
    this.whole = whole;
  }

  void check(Shape shape, ObjectNode object, String path) {
    List<String> unknown =
        object.properties().stream()
            .map(java.util.Map.Entry::getKey)
            .filter(name -> shape.member(name).isEmpty() && !name.startsWith("@odata."))
            .toList();
    if (!unknown.isEmpty()) {
      throw wrong(
          "MemberUnknown",
          "The body has members that are not known here: "
              + unknown.stream().map(name -> quoted(path + name)).collect(Collectors.joining(", "))
              + ".",
          "Leave them out. Known are: "
              + shape.members().stream()
                  .filter(member -> member.use() != Member.Use.READ_ONLY)
                  .map(member -> path + member.name())
                  .collect(Collectors.joining(", "))
              + ".");
    }
    for (Member member : shape.members()) {
      if (member.use() == Member.Use.READ_ONLY) {
        continue;
      }
      JsonNode value = object.path(member.name());
      boolean missing = value.isMissingNode() || value.isNull();
      if (missing && member.use() == Member.Use.REQUIRED && (whole || value.isNull())) {
        throw wrong(
            "MemberMissing",
            "The body has no " + quoted(path + member.name()) + ", which is required.",
            quoted(path + member.name()) + " must be " + wanted(member.kind()) + ".");
      }
      if (!missing) {
        check(member.kind(), value, path + member.name());
      }
    }
  }

  private void check(Kind kind, JsonNode value, String path) {
    boolean right =
        switch (kind) {
          case Kind.Text text -> value.isTextual() && fits(text, value.textValue());
          case Kind.Guid guid -> value.isTextual() && GraphIds.guid(value.textValue()).isPresent();
          case Kind.Whole number ->
              value.isIntegralNumber()
                  && value.canConvertToLong()
                  && value.longValue() >= number.least()
                  && value.longValue() <= number.most();
          case Kind.Flag flag -> value.isBoolean();
          case Kind.Instant instant -> value.isTextual() && ticks(value.textValue()).isPresent();
          case Kind.OneOf oneOf ->
              value.isTextual()
                  && oneOf.words().stream().anyMatch(value.textValue()::equalsIgnoreCase);
          case Kind.ListOf list -> value.isArray() && value.size() <= list.most();
          case Kind.Nested nested -> value.isObject();
          case Kind.Any any -> true;
        };
    if (!right) {
      throw wrong(
          "MemberInvalid",
          quoted(path) + " must be " + wanted(kind) + "; it is " + shown(value) + ".",
          "Correct " + quoted(path) + " and send the request again.");
    }
    switch (kind) {
      case Kind.ListOf list -> {
        for (int i = 0; i < value.size(); i++) {
          check(list.item(), value.get(i), path + "[" + i + "]");
        }
      }
      case Kind.Nested nested -> check(nested.shape(), (ObjectNode) value, path + ".");
      default -> {}
    }
  }

  private static boolean fits(Kind.Text kind, String text) {
    int length = text.codePointCount(0, text.length());
    return length >= kind.shortest()
        && length <= kind.longest()
        && text.chars().noneMatch(Character::isISOControl)
        && (kind.shortest() == 0 || !text.isBlank());
  }

  static Optional<Long> ticks(String text) {
    try {
      return Optional.of(Ticks.parse(text));
    } catch (DateTimeParseException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static String wanted(Kind kind) {
    return switch (kind) {
      case Kind.Text text ->
          "text of "
              + text.shortest()
              + " to "
              + text.longest()
              + " characters without control characters";
      case Kind.Guid guid -> "a GUID like 33a1bb67-2083-4edc-ad5d-9feacd43708b";
      case Kind.Whole number -> "a whole number from " + number.least() + " to " + number.most();
      case Kind.Flag flag -> "true or false";
      case Kind.Instant instant -> "a date-time with offset like 2026-01-31T09:00:00Z";
      case Kind.OneOf oneOf -> "one of '" + String.join("', '", oneOf.words()) + "'";
      case Kind.ListOf list -> "a list of at most " + list.most() + ", each " + wanted(list.item());
      case Kind.Nested nested -> "an object with " + names(nested.shape());
      case Kind.Any any -> "JSON";
    };
  }

  private static String names(Shape shape) {
    return shape.members().stream().map(Member::name).collect(Collectors.joining(", "));
  }

  private static String shown(JsonNode value) {
    if (value.isArray()) {
      return "a list of " + StreamSupport.stream(value.spliterator(), false).count();
    }
    String text = value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static String quoted(String name) {
    return "'" + (name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…") + "'";
  }

  private static GraphException wrong(String code, String message, String remedy) {
    return new GraphException(
        ErrorCode.BAD_REQUEST,
        message,
        Optional.of(new GraphException.Inner(code, remedy)),
        java.util.Map.of());
  }
}
